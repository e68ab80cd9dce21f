package parley.acceptance.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.fault.Fault;

/**
 * One cell of the matrix: a fault, the part that is played by what it hits, and what must be
 * reached.
 *
 * @param id by which it is chosen and its results are kept
 * @param name for the table
 * @param equipment what the hosts must have
 * @param wanted in which situations it can be tried; others are changed until one is found
 * @param before what is done, and has healed, before both windows
 * @param fault what is done at the beginning of the second window
 * @param window how long both windows are
 * @param lasts how long the fault lasts that does not heal by itself
 * @param healsItself whether what is hit comes back by itself; else only when the fault is healed
 * @param goals what must be reached
 * @param plotted whether throughput over time is drawn
 */
record Cell(
    String id,
    String name,
    Equipment equipment,
    Predicate<Situation> wanted,
    Optional<Function<Situation, Fault>> before,
    Function<Situation, Fault> fault,
    Duration window,
    Duration lasts,
    boolean healsItself,
    List<Goal> goals,
    boolean plotted) {

  private static final Duration WINDOW = Duration.ofSeconds(12);

  Cell {
    goals = List.copyOf(goals);
  }

  /** What supervision heals. */
  static Cell healing(String id, String name, Function<Situation, Fault> fault, Goal... goals) {
    return new Cell(
        id,
        name,
        Equipment.PLAIN,
        situation -> true,
        Optional.empty(),
        fault,
        WINDOW,
        WINDOW,
        true,
        List.of(goals),
        false);
  }

  /** What is healed after so long, and watched for a while after that. */
  static Cell lasting(
      String id, String name, Duration time, Function<Situation, Fault> fault, Goal... goals) {
    Cell cell = healing(id, name, fault, goals);
    return cell.with(time.plus(WINDOW), time, false);
  }

  private Cell with(Duration newWindow, Duration newLasts, boolean heals) {
    return new Cell(
        id, name, equipment, wanted, before, fault, newWindow, newLasts, heals, goals, plotted);
  }

  /** The same, watched for so long. */
  Cell watched(Duration time) {
    return with(time, time, healsItself);
  }

  /** The same on hosts with some equipment. */
  Cell on(Equipment needed) {
    return new Cell(
        id, name, needed, wanted, before, fault, window, lasts, healsItself, goals, plotted);
  }

  /** The same in certain situations only. */
  Cell when(Predicate<Situation> situation) {
    return new Cell(
        id, name, equipment, situation, before, fault, window, lasts, healsItself, goals, plotted);
  }

  /** The same after an earlier fault that has healed. */
  Cell after(Function<Situation, Fault> earlier) {
    return new Cell(
        id,
        name,
        equipment,
        wanted,
        Optional.of(earlier),
        fault,
        window,
        lasts,
        healsItself,
        goals,
        plotted);
  }

  /** The same, with a plot. */
  Cell plot() {
    return new Cell(
        id, name, equipment, wanted, before, fault, window, lasts, healsItself, goals, true);
  }
}

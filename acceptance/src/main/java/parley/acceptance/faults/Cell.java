package parley.acceptance.faults;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * @param goals what must be reached
 * @param plotted whether throughput over time is drawn
 */
record Cell(
    String id, String name, Setting setting, Course course, List<Goal> goals, boolean plotted) {

  Cell {
    goals = List.copyOf(goals);
  }

  private static Cell of(String id, String name, Course course, Goal... goals) {
    return new Cell(id, name, Setting.USUAL, course, List.of(goals), false);
  }

  /** What supervision heals. */
  static Cell healing(String id, String name, Function<Situation, Fault> fault, Goal... goals) {
    return of(id, name, Course.healing(fault), goals);
  }

  /** What is healed after so long, and watched for a while after that. */
  static Cell lasting(
      String id, String name, Duration time, Function<Situation, Fault> fault, Goal... goals) {
    return of(id, name, Course.lasting(time, fault), goals);
  }

  /** What is healed after so long, and whose return is watched. */
  static Cell returning(
      String id, String name, Duration time, Function<Situation, Fault> fault, Goal... goals) {
    return of(id, name, Course.returning(time, fault), goals);
  }

  private Cell with(Setting other) {
    return new Cell(id, name, other, course, goals, plotted);
  }

  private Cell with(Course other) {
    return new Cell(id, name, setting, other, goals, plotted);
  }

  /** The same, watched for so long. */
  Cell watched(Duration time) {
    return with(course.watched(time));
  }

  /** The same, with some frontends that are cut off from the others though not from clients. */
  Cell aside(Function<Situation, Set<Integer>> hosts) {
    return with(course.aside(hosts));
  }

  /** The same on hosts with some equipment. */
  Cell on(Equipment needed) {
    return with(setting.on(needed));
  }

  /** The same with clients at some frontends only. */
  Cell withClientsAt(Integer... hosts) {
    return with(setting.withClientsAt(Set.of(hosts)));
  }

  /** The same in certain situations only. */
  Cell when(Predicate<Situation> situation) {
    return with(setting.when(situation));
  }

  /** The same after an earlier fault that has healed. */
  Cell after(Function<Situation, Fault> earlier) {
    return with(setting.after(earlier));
  }

  /** The hosts whose frontends it hits or cuts off, of those whose frontends have clients. */
  Set<Integer> frontendsHit(Situation situation) {
    Set<Integer> hit = new HashSet<>(course.fault().apply(situation).frontendsHit());
    hit.addAll(course.aside().apply(situation));
    hit.retainAll(setting.clientsAt());
    return hit;
  }

  /** The same, with a plot. */
  Cell plot() {
    return new Cell(id, name, setting, course, goals, true);
  }
}

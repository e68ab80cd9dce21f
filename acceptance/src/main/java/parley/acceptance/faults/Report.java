package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import parley.acceptance.history.Verdict.Fault;
import parley.acceptance.load.SteadyLoad;

/** Writes what the matrix has shown as a document with plots, from the results that are kept. */
final class Report {

  private static final String INTRODUCTION =
      """
      # What each fault costs

      Written by `make faults` from the measurements in [faults/](faults/); `make faults CELLS=kill-primary` repeats a row,
      `REPETITIONS=3` limits it, and rows measured at different times come together here.

      Three hosts are network namespaces on one machine, run by the shipped scripts, with their clients in a fourth. At each
      frontend %d writers post at an even pace, and two followers read everybody; how much they post together is under
      Conditions, and how busy the machine was then. Every second client logs in through another host when its own frontend is
      gone. As many users of the Java library as there are frontends with clients post and read everybody, too, each through
      whichever frontend the library chooses; the second one finds frontends through ZooKeeper, the others have a list.
      Where a frontend with clients is hit or cut off, it is one that users of the library use at that moment; how many did
      is said under Conditions, but for rows from before it was counted.

      Each fault is tried on each part. Of processes: the primary, a standby, the coordinator that leads ZooKeeper and one that
      follows, a frontend with clients and one without. Of hosts: the primary's, a standby's, and that of a standby whose host
      leads ZooKeeper; the primary's may lead, too, or not, where the row does not say. A frontend without clients is killed and
      stopped; what hits its whole host is a row of a standby's. A full disk lasts half a minute, and longer until the timeline
      service has died of it.

      A repetition begins with a window without a fault and goes on with an equally long one that begins with the fault; where
      a host comes back after a minute, the second window begins with its return. A pause is the longest time between two
      posts, sent and delivered at the same frontend; of the frontends whose clients the fault itself does not hit, the worst
      counts. "Back" is the time until what was hit serves again: after the fault if supervision heals it, else after the
      cable, the disk, the clock or the start script. "Users back" is how long the slowest of those who move took to log in
      elsewhere after their stream had broken. "Library pause" is the longest that any user of the library waited for an
      acknowledgement, for the next post of anybody, or for the next answer to a call, whatever the fault hit. Times are in
      seconds: median (maximum).

      After each row the whole history of its clients, and all posts of all three hosts, are checked: lost / doubled /
      reordered posts, and whatever else was wrong, such as any error that the library did not keep from its users. "Not
      stored" are posts that only a killed or unreachable frontend, or the way to it, held: there they may be lost, in the
      order in which they were sent; never those of the library.

      """;

  private final Results results;
  private final Path document;
  private final Path plots;

  /**
   * @param document the file to be written
   * @param plots the folder for plots, beside or below it
   */
  Report(Results results, Path document, Path plots) {
    this.results = results;
    this.document = document;
    this.plots = plots;
  }

  void write(List<Cell> cells, SteadyLoad plan) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(INTRODUCTION.formatted(plan.writersPerHost()).stripTrailing());
    lines.add("");
    lines.add(
        "| fault | n | pause without | pause with | ratio | library pause without | library pause"
            + " with | back | users back | lost / doubled / reordered | not stored | goal |");
    lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
    cells.forEach(cell -> lines.add(row(cell)));
    lines.add("");
    lines.addAll(conditions(cells));
    for (Cell cell : cells) {
      Optional<long[]> perPart = results.throughput(cell.id());
      if (cell.plotted() && perPart.isPresent()) {
        lines.add("");
        lines.addAll(plot(cell, perPart.get()));
      }
    }
    Files.createDirectories(document.toAbsolutePath().getParent());
    Files.write(document, lines);
  }

  private String row(Cell cell) {
    List<Measurement> all = results.repetitions(cell.id());
    if (all.isEmpty()) {
      return "| %s (`%s`) | 0 | not measured | | | | | | | | | %s |"
          .formatted(cell.name(), cell.id(), goals(cell, Goal::words));
    }
    Judgement judgement = results.judgement(cell.id()).orElseThrow();
    return "| %s (`%s`) | %d | %s | %s | %s | %s | %s | %s | %s | %s | %,d | %s |"
        .formatted(
            cell.name(),
            cell.id(),
            all.size(),
            times(all, Measurement::quietPause, 3),
            times(all, Measurement::faultPause, 3),
            number(Medians.of(all, Measurement::pauseRatio), 1),
            times(all, Measurement::libraryQuietPause, 3),
            times(all, Measurement::libraryFaultPause, 3),
            times(all, Measurement::backAfter, 1),
            times(all, Measurement::returnAfter, 1),
            faults(judgement),
            judgement.notStored(),
            goals(cell, goal -> goal.words() + ": " + goal.outcome(all).words()));
  }

  private static String times(
      List<Measurement> all, ToDoubleFunction<Measurement> value, int digits) {
    double median = Medians.of(all, value);
    return Double.isNaN(median)
        ? "–"
        : number(median, digits) + " (" + number(Medians.max(all, value), digits) + ")";
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String faults(Judgement judgement) {
    String counts =
        List.of(Fault.LOST, Fault.DOUBLED, Fault.REORDERED).stream()
            .map(fault -> Long.toString(judgement.faults().get(fault)))
            .collect(Collectors.joining(" / "));
    String others =
        List.of(Fault.INVENTED, Fault.BROKEN, Fault.DIVERGED).stream()
            .filter(fault -> judgement.faults().get(fault) > 0)
            .map(
                fault ->
                    ", %d %s"
                        .formatted(judgement.faults().get(fault), fault)
                        .toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
    return judgement.isClean() ? counts : "**" + counts + others + "**";
  }

  private static String goals(Cell cell, Function<Goal, String> words) {
    return cell.goals().isEmpty()
        ? "–"
        : cell.goals().stream().map(words).collect(Collectors.joining("; "));
  }

  private List<String> conditions(List<Cell> cells) {
    long posts = 0;
    long deliveries = 0;
    List<String> each = new ArrayList<>();
    for (Cell cell : cells) {
      Optional<Judgement> judgement = results.judgement(cell.id());
      if (judgement.isPresent()) {
        posts += judgement.get().posts();
        deliveries += judgement.get().deliveries();
        each.add("- `" + cell.id() + "`: " + judgement.get().conditions() + libraryUsersHit(cell));
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "In all %,d posts were checked on each host, and %,d where they arrived."
            .formatted(posts, deliveries));
    lines.add("");
    lines.add("Conditions:");
    lines.add("");
    lines.addAll(each);
    return lines;
  }

  private String libraryUsersHit(Cell cell) {
    DoubleSummaryStatistics hit =
        results.repetitions(cell.id()).stream()
            .mapToDouble(Measurement::libraryUsersHit)
            .filter(users -> !Double.isNaN(users))
            .summaryStatistics();
    return hit.getCount() == 0
        ? ""
        : "; frontends hit were used by %.0f to %.0f users of the library"
            .formatted(hit.getMin(), hit.getMax());
  }

  private List<String> plot(Cell cell, long[] perPart) throws IOException {
    Files.createDirectories(plots);
    Path file = plots.resolve(cell.id() + ".png");
    ThroughputPlot.write(cell.name(), perPart, file);
    Path link = document.toAbsolutePath().getParent().relativize(file.toAbsolutePath());
    return List.of("![%s: posts per second over time](%s)".formatted(cell.name(), link));
  }
}

package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import parley.acceptance.history.Verdict.Fault;

/**
 * All that was measured, by cell, in three files, so that cells measured at different times come
 * together in one table. For one thread.
 */
final class Results {

  private static final String PAUSES = "pauses.csv";
  private static final String JUDGEMENTS = "judgements.csv";
  private static final String THROUGHPUT = "throughput.csv";
  private static final String PAUSES_HEADER =
      "cell,quiet pause s,fault pause s,quiet p99 delay s,fault p99 delay s,back after s,"
          + "users back after s,quiet library pause s,fault library pause s,library users hit";
  private static final String JUDGEMENTS_HEADER =
      "cell,conditions,posts,deliveries,"
          + Arrays.stream(Fault.values())
              .map(fault -> fault.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(","))
          + ",broken streams,not stored,refusals";
  private static final String THROUGHPUT_HEADER =
      "cell,posts in each tenth of a second of both windows";

  private final Path folder;
  private final Map<String, List<Measurement>> pauses = new TreeMap<>();
  private final Map<String, Judgement> judgements = new TreeMap<>();
  private final Map<String, long[]> throughput = new TreeMap<>();

  private Results(Path folder) {
    this.folder = folder;
  }

  /** What has been kept in a folder; nothing if it does not exist. */
  static Results read(Path folder) throws IOException {
    Results results = new Results(folder);
    for (String[] row : rows(folder.resolve(PAUSES))) {
      results.pauses.computeIfAbsent(row[0], cell -> new ArrayList<>()).add(measurement(row));
    }
    for (String[] row : rows(folder.resolve(JUDGEMENTS))) {
      results.judgements.put(row[0], judgement(row));
    }
    for (String[] row : rows(folder.resolve(THROUGHPUT))) {
      results.throughput.put(
          row[0], Arrays.stream(row).skip(1).mapToLong(Long::parseLong).toArray());
    }
    return results;
  }

  private static List<String[]> rows(Path file) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (var lines = Files.lines(file)) {
      return lines.skip(1).map(line -> line.split(",", -1)).toList();
    }
  }

  private static Measurement measurement(String[] row) {
    return new Measurement(
        seconds(row, 1),
        seconds(row, 2),
        seconds(row, 3),
        seconds(row, 4),
        seconds(row, 5),
        seconds(row, 6),
        seconds(row, 7),
        seconds(row, 8),
        seconds(row, 9));
  }

  // Rows from before these figures were kept are shorter.
  private static double seconds(String[] row, int column) {
    return column >= row.length || row[column].isEmpty()
        ? Double.NaN
        : Double.parseDouble(row[column]);
  }

  private static Judgement judgement(String[] row) {
    Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    int next = 4;
    for (Fault fault : Fault.values()) {
      faults.put(fault, Long.parseLong(row[next++]));
    }
    return new Judgement(
        row[1],
        Long.parseLong(row[2]),
        Long.parseLong(row[3]),
        faults,
        Long.parseLong(row[next]),
        Long.parseLong(row[next + 1]),
        Long.parseLong(row[next + 2]));
  }

  /** Forgets a cell, on disk as well. */
  void forget(String cell) throws IOException {
    pauses.remove(cell);
    judgements.remove(cell);
    throughput.remove(cell);
    write();
  }

  /** Adds a run of a cell, and writes everything down. */
  void add(String cell, List<Measurement> repetitions, Judgement judgement, long[] perPart)
      throws IOException {
    pauses.computeIfAbsent(cell, c -> new ArrayList<>()).addAll(repetitions);
    judgements.merge(cell, judgement, Judgement::plus);
    throughput.put(cell, perPart);
    write();
  }

  private void write() throws IOException {
    Files.createDirectories(folder);
    List<String> lines = new ArrayList<>(List.of(PAUSES_HEADER));
    pauses.forEach((cell, all) -> all.forEach(m -> lines.add(cell + row(m))));
    Files.write(folder.resolve(PAUSES), lines);
    Files.write(folder.resolve(JUDGEMENTS), lines(JUDGEMENTS_HEADER, judgements, Results::row));
    Files.write(folder.resolve(THROUGHPUT), lines(THROUGHPUT_HEADER, throughput, Results::row));
  }

  private static <T> List<String> lines(
      String header, Map<String, T> values, Function<T, String> row) {
    List<String> lines = new ArrayList<>(List.of(header));
    values.forEach((cell, value) -> lines.add(cell + row.apply(value)));
    return lines;
  }

  private static String row(Measurement m) {
    return Arrays.stream(
            new double[] {
              m.quietPause(),
              m.faultPause(),
              m.quietDelay(),
              m.faultDelay(),
              m.backAfter(),
              m.returnAfter(),
              m.libraryQuietPause(),
              m.libraryFaultPause(),
              m.libraryUsersHit()
            })
        .mapToObj(value -> Double.isNaN(value) ? "," : String.format(Locale.ROOT, ",%.3f", value))
        .collect(Collectors.joining());
  }

  private static String row(Judgement j) {
    LongStream faults = Arrays.stream(Fault.values()).mapToLong(j.faults()::get);
    return ","
        + j.conditions()
        + row(new long[] {j.posts(), j.deliveries()})
        + row(faults.toArray())
        + row(new long[] {j.brokenStreams(), j.notStored(), j.refusals()});
  }

  private static String row(long[] values) {
    return Arrays.stream(values).mapToObj(value -> "," + value).collect(Collectors.joining());
  }

  List<Measurement> repetitions(String cell) {
    return List.copyOf(pauses.getOrDefault(cell, List.of()));
  }

  Optional<Judgement> judgement(String cell) {
    return Optional.ofNullable(judgements.get(cell));
  }

  /** Posts in each tenth of a second of both windows of one repetition. */
  Optional<long[]> throughput(String cell) {
    return Optional.ofNullable(throughput.get(cell));
  }
}

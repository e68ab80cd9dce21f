package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.acceptance.history.Verdict;
import parley.acceptance.lab.fault.ClientsCut;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Unplugged;
import parley.acceptance.load.SteadyLoad;

class ResultsTest {

  private static final String CELL = "kill-primary";

  @TempDir private Path folder;

  @Test
  void partialRunsComeTogether() throws Exception {
    run(CELL, 0, measurement(0.1, 0.3));
    run("other", 1, measurement(0.1, 0.2));
    run(CELL, 2, measurement(0.2, 0.5), measurement(0.1, Double.NaN));
    Results results = Results.read(folder);
    assertThat(results.repetitions(CELL))
        .containsExactly(
            measurement(0.1, 0.3), measurement(0.2, 0.5), measurement(0.1, Double.NaN));
    assertThat(results.judgement(CELL).orElseThrow().faults().get(Verdict.Fault.LOST)).isEqualTo(2);
    assertThat(results.judgement(CELL).orElseThrow().posts()).isEqualTo(20);
    assertThat(results.throughput("other").orElseThrow()).containsExactly(1, 2, 3, 4);
    results.forget(CELL);
    assertThat(results.repetitions(CELL)).isEmpty();
    assertThat(results.judgement("other")).isPresent();
    assertThat(Results.read(folder).repetitions(CELL)).isEmpty();
  }

  @Test
  void tableSaysWhichGoalsAreMetAndWhatWasWrong() throws Exception {
    run(CELL, 0, measurement(0.1, 0.3), measurement(0.1, 0.4), measurement(0.1, 9));
    run("kill-standby", 7, measurement(0.1, 0.3));
    Path document = folder.resolve("faults.md");
    new Report(Results.read(folder), document, folder)
        .write(Matrix.cells(), new SteadyLoad(3, 150));
    assertThat(Files.readAllLines(document))
        .anyMatch(
            row ->
                row.contains("`kill-primary`")
                    && row.contains("| 0.400 (9.000) |")
                    && row.contains("| 0.100 (0.100) | 0.700 (0.700) |")
                    && row.contains(
                        "pause ≤ 0.5 s: met; library pause ≤ 1.0 s: met; back ≤ 5.0 s: met"))
        .anyMatch(
            row ->
                row.contains("`kill-standby`")
                    && row.contains("**7 / 0 / 0**")
                    && row.contains("pause ≤ 1.5 × that without: **NOT met**"))
        .anyMatch(row -> row.contains("`stop-primary`") && row.contains("not measured"));
    assertThat(folder.resolve(CELL + ".png")).isNotEmptyFile();
  }

  @Test
  void rowsFromBeforeThereWereUsersOfTheLibraryAreReadAndMeetNoGoalOfTheirs() throws Exception {
    run(CELL, 0, measurement(0.1, 0.3));
    Path pauses = folder.resolve("pauses.csv");
    Files.write(
        pauses,
        List.of(
            "cell,quiet pause s,fault pause s,quiet p99 delay s,fault p99 delay s,back after s,"
                + "users back after s",
            CELL + ",0.100,0.300,0.010,0.020,4.000,"));
    Results results = Results.read(folder);
    assertThat(results.repetitions(CELL))
        .containsExactly(
            new Measurement(
                0.1, 0.3, 0.01, 0.02, 4, Double.NaN, Double.NaN, Double.NaN, Double.NaN));
    Path document = folder.resolve("faults.md");
    new Report(results, document, folder).write(Matrix.cells(), new SteadyLoad(3, 150));
    assertThat(Files.readAllLines(document))
        .anyMatch(
            row ->
                row.contains("`kill-primary`")
                    && row.contains("| 3.0 | – | – | 4.0 (4.0) |")
                    && row.contains("library pause ≤ 1.0 s: not measured"));
    run("other", 0, measurement(0.1, 0.2));
    assertThat(Results.read(folder).repetitions(CELL)).isEqualTo(results.repetitions(CELL));
  }

  @Test
  void libraryGoalIsMissedByOneRepetition() {
    Goal goal = new Goal.LibraryPauseAtMost(1);
    assertThat(goal.outcome(List.of(library(Double.NaN), library(0.9), library(0.8))))
        .isEqualTo(Goal.Outcome.MET);
    assertThat(goal.outcome(List.of(library(0.9), library(1.1), library(0.8))))
        .isEqualTo(Goal.Outcome.MISSED);
    assertThat(goal.outcome(List.of(library(Double.NaN)))).isEqualTo(Goal.Outcome.NOT_MEASURED);
  }

  @Test
  void killOfEveryOneProcessAndEveryCutOfAHostHasALibraryGoal() {
    Map<String, Double> limits = new TreeMap<>();
    for (Cell cell : Matrix.cells()) {
      for (Goal goal : cell.goals()) {
        if (goal instanceof Goal.LibraryPauseAtMost) {
          limits.put(cell.id(), goal.limit());
        }
      }
    }
    Map<String, Double> expected = new TreeMap<>();
    for (Cell cell : Matrix.cells()) {
      Fault fault = cell.course().fault().apply(new Situation(1, 1, Set.of()));
      if (fault instanceof Kill) {
        expected.put(cell.id(), 1.0);
      } else if (fault instanceof Unplugged && cell.course().watched() == Course.Watched.FAULT
          || fault instanceof ClientsCut
          || cell.id().startsWith("isolate-")) {
        expected.put(cell.id(), 4.0);
      }
    }
    assertThat(limits).isEqualTo(expected).hasSize(18);
  }

  private void run(String cell, long lost, Measurement... measurements) throws Exception {
    Map<Verdict.Fault, Long> faults = new EnumMap<>(Verdict.Fault.class);
    for (Verdict.Fault fault : Verdict.Fault.values()) {
      faults.put(fault, fault == Verdict.Fault.LOST ? lost : 0);
    }
    Judgement judgement = new Judgement("two cores", 10, 20, faults, 0, 0, 0);
    Results.read(folder).add(cell, List.of(measurements), judgement, new long[] {1, 2, 3, 4});
  }

  private static Measurement measurement(double quiet, double fault) {
    return new Measurement(quiet, fault, 0.01, 0.02, 4, Double.NaN, 0.1, 0.7, Double.NaN);
  }

  private static Measurement library(double pause) {
    return new Measurement(0.1, 0.3, 0.01, 0.02, 4, Double.NaN, 0.1, pause, Double.NaN);
  }
}

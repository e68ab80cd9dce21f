package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.acceptance.history.Verdict.Fault;
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
    assertThat(results.judgement(CELL).orElseThrow().faults().get(Fault.LOST)).isEqualTo(2);
    assertThat(results.judgement(CELL).orElseThrow().posts()).isEqualTo(20);
    assertThat(results.throughput("other").orElseThrow()).containsExactly(1, 2, 3, 4);
    results.forget(CELL);
    assertThat(results.repetitions(CELL)).isEmpty();
    assertThat(results.judgement("other")).isPresent();
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
                    && row.contains("pause ≤ 0.5 s: met; back ≤ 5.0 s: met"))
        .anyMatch(
            row ->
                row.contains("`kill-standby`")
                    && row.contains("**7 / 0 / 0**")
                    && row.contains("pause ≤ 1.5 × that without: **NOT met**"))
        .anyMatch(row -> row.contains("`stop-primary`") && row.contains("not measured"));
    assertThat(folder.resolve(CELL + ".png")).isNotEmptyFile();
  }

  private void run(String cell, long lost, Measurement... measurements) throws Exception {
    Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    for (Fault fault : Fault.values()) {
      faults.put(fault, fault == Fault.LOST ? lost : 0);
    }
    Judgement judgement = new Judgement("two cores", 10, 20, faults, 0, 0, 0);
    Results.read(folder).add(cell, List.of(measurements), judgement, new long[] {1, 2, 3, 4});
  }

  private static Measurement measurement(double quiet, double fault) {
    return new Measurement(quiet, fault, 0.01, 0.02, 4, Double.NaN);
  }
}

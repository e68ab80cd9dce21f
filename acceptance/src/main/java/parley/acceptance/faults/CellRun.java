package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.lab.Census;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;
import parley.acceptance.load.Doors;
import parley.acceptance.load.Load;
import parley.acceptance.load.SteadyLoad;

/** Runs all repetitions of one cell under one load, and has its history judged. For one thread. */
final class CellRun {

  private static final Duration COUNT_EVERY = Duration.ofMillis(500);

  private final LocalCluster hosts;
  private final Cell cell;
  private final SteadyLoad plan;
  private final Path historyFile;
  private final Patience patience;
  private final Progress progress;

  CellRun(
      LocalCluster hosts,
      Cell cell,
      SteadyLoad plan,
      Path historyFile,
      Patience patience,
      Progress progress) {
    this.hosts = hosts;
    this.cell = cell;
    this.plan = plan;
    this.historyFile = historyFile;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * What came of it.
   *
   * @param busyPercent how busy the machine's processors were during the repetitions
   * @param perPart of the repetition with the middle pause
   */
  record Result(
      List<Measurement> repetitions, Findings findings, long busyPercent, long[] perPart) {}

  Result run(int repetitions) throws IOException, InterruptedException {
    Judge judge = new Judge(hosts);
    String name = cell.id() + "." + judge.index() + ".";
    List<Trial.Result> trials = new ArrayList<>();
    long busyPercent;
    try (Census census = new Census(hosts, COUNT_EVERY);
        Load load =
            Load.start(
                name,
                Doors.of(hosts::frontend, hosts::zooKeeper),
                plan.profiles(name, cell.setting().clientsAt()),
                historyFile)) {
      ProcessorTime before = ProcessorTime.now();
      for (int repetition = 1; repetition <= repetitions; repetition++) {
        progress.say("users of the library are at %s", load.libraryFrontends());
        trials.add(new Trial(hosts, load, cell, patience).run());
        say(repetition, trials.get(trials.size() - 1));
      }
      busyPercent = ProcessorTime.now().busyPercentSince(before);
      progress.say("letting all users end");
      load.finish(patience).forEach(stall -> progress.say("%s", stall));
      census.requireNoViolation();
    }
    progress.say("judging the history");
    Findings findings = judge.judge(historyFile, patience);
    progress.say("%s", findings);
    findings.verdict().examples().forEach(example -> progress.say("%s", example));
    trials.sort(Comparator.comparingDouble(trial -> trial.measurement().faultPause()));
    return new Result(
        trials.stream().map(Trial.Result::measurement).toList(),
        findings,
        busyPercent,
        trials.get(trials.size() / 2).perPart());
  }

  private void say(int repetition, Trial.Result trial) {
    Measurement m = trial.measurement();
    progress.say(
        "%d. %s: longest pause %.3f s without, %.3f s with it; of the library's users %.3f s, %.3f"
            + " s; back after %.1f s",
        repetition,
        trial.fault().name(),
        m.quietPause(),
        m.faultPause(),
        m.libraryQuietPause(),
        m.libraryFaultPause(),
        m.backAfter());
  }
}

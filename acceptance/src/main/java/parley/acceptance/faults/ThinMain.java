package parley.acceptance.faults;

import java.nio.file.*;
import java.time.Duration;
import java.util.*;
import parley.acceptance.history.*;
import parley.acceptance.lab.*;
import parley.acceptance.load.*;

final class ThinMain {
  public static void main(String[] a) throws Exception {
    Path home = Path.of(a[0]);
    int reps = Integer.parseInt(a[2]);
    Patience patience = new Patience(Duration.ofSeconds(90)).lookingEvery(Duration.ofMillis(100));
    try (LocalCluster hosts = LocalCluster.create(home, Network.ofThisProcess(), Equipment.PLAIN)) {
      hosts.start();
      patience.await("serve", hosts::serving);
      System.out.println("serving; wires " + hosts.wires().isPresent());
      for (String id : a[1].split(",")) {
        Cell cell =
            Matrix.cells().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
        long index = hosts.replicas().stream().mapToLong(r -> r.appliedIndex()).min().orElseThrow();
        Path file = Files.createTempFile("history", ".gz");
        List<Measurement> all = new ArrayList<>();
        try (Load load =
            Load.start(
                id + ".", hosts::frontend, new SteadyLoad(3, 150).profiles(id + "."), file)) {
          for (int i = 0; i < reps; i++) {
            Measurement m = new Trial(hosts, load, cell, patience).run().measurement();
            all.add(m);
            System.out.printf(
                "%s %d quiet %.3f fault %.3f ratio %.1f delay99 %.3f %.3f back %.2f return %.2f%n",
                id,
                i,
                m.quietPause(),
                m.faultPause(),
                m.pauseRatio(),
                m.quietDelay(),
                m.faultDelay(),
                m.backAfter(),
                m.returnAfter());
          }
          System.out.printf(
              "%s MEDIAN quiet %.3f fault %.3f back %.2f MAX %.3f %.3f %.2f%n",
              id,
              Medians.of(all, Measurement::quietPause),
              Medians.of(all, Measurement::faultPause),
              Medians.of(all, Measurement::backAfter),
              Medians.max(all, Measurement::quietPause),
              Medians.max(all, Measurement::faultPause),
              Medians.max(all, Measurement::backAfter));
          System.out.println("stalls " + load.finish(patience));
        }
        patience.await("level", hosts::level);
        List<HostLog> logs = new ArrayList<>();
        for (int h = 1; h <= 3; h++) {
          HostLog log = new HostLog("host " + h);
          hosts.storedPosts(h, index, p -> log.add(p.author(), p.text()));
          logs.add(log);
        }
        HistoryCheck.Findings f =
            new HistoryCheck(20).check(new HistoryReader(() -> Files.newInputStream(file)), logs);
        System.out.println(f);
        f.verdict().examples().forEach(System.out::println);
        if (!f.verdict().isClean()) {
          System.out.println("kept " + file + " " + hosts.keep());
        }
      }
    }
  }
}

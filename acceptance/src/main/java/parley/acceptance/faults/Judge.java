package parley.acceptance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import parley.acceptance.history.HistoryCheck;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.history.HistoryReader;
import parley.acceptance.history.HostLog;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.client.ReplicaStatus;

/** Compares a history with what the hosts hold behind the place where it began. */
final class Judge {

  private static final int SHOWN_MAX = 20;

  private final LocalCluster hosts;
  private final long index;

  /** Before the history begins: what the hosts hold already is not part of it. */
  Judge(LocalCluster hosts) throws InterruptedException {
    this.hosts = hosts;
    this.index =
        hosts.replicas().stream().mapToLong(ReplicaStatus::appliedIndex).min().orElseThrow();
  }

  /** The last index before the history. */
  long index() {
    return index;
  }

  /** Judges a history that is over, once all hosts have applied the same. */
  Findings judge(Path historyFile, Patience patience) throws IOException, InterruptedException {
    patience.await("all replicas have applied the same", hosts::level);
    List<HostLog> logs = new ArrayList<>();
    for (int host = 1; host <= Hosts.COUNT; host++) {
      HostLog log = new HostLog("host " + host);
      hosts.storedPosts(host, index, post -> log.add(post.index(), post.author(), post.text()));
      logs.add(log);
    }
    HistoryReader history = new HistoryReader(() -> Files.newInputStream(historyFile));
    return new HistoryCheck(SHOWN_MAX).check(history, logs);
  }
}

package parley.timelineservice.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.timelineservice.runtime.Election;
import parley.timelineservice.runtime.ReplicaLoop;

/** A latch for replicas in one JVM: whoever queued first holds it. */
final class LocalLatch {

  private final List<Integer> queue = new ArrayList<>();
  private final Map<Integer, ReplicaLoop> replicas = new HashMap<>();
  private int holder;

  Election of(int host) {
    return new Election() {
      @Override
      public void queue() {
        change(() -> queue.add(host));
      }

      @Override
      public void leave() {
        change(() -> queue.remove((Integer) host));
      }

      @Override
      public void advertise(long epochNumber) {
        // Nobody reads it here.
      }
    };
  }

  synchronized void joins(int host, ReplicaLoop replica) {
    replicas.put(host, replica);
  }

  /** As when the session of a dead process is closed. */
  synchronized void gone(int host) {
    replicas.remove(host);
    queue.remove((Integer) host);
    tellHolder();
  }

  private synchronized void change(Runnable change) {
    change.run();
    tellHolder();
  }

  private void tellHolder() {
    int first = queue.isEmpty() ? 0 : queue.get(0);
    if (first != holder) {
      holder = first;
      if (replicas.containsKey(first)) {
        // The loop itself may be calling: a replica hears of the latch on another thread.
        ReplicaLoop replica = replicas.get(first);
        Thread teller = new Thread(() -> replica.onLatch(true, 0), "latch");
        teller.setDaemon(true);
        teller.start();
      }
    }
  }
}

package parley.timelineservice.exploration;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import parley.timelineservice.paxos.PaxosConfig;
import parley.timelineservice.traces.Notation;

/**
 * How much may happen in an exploration. Whatever is not bounded here, such as loss, doubling,
 * delay and reordering of messages and partial syncs, is free.
 *
 * @param led whether it begins with the first host leading, and no message under way; else nobody
 *     leads
 * @param elections how often each host may stand for election; its size is the number of hosts
 * @param ticks how many heartbeat intervals may pass at each host
 * @param commands how many commands the primaries take in all
 * @param crashes how many crashes with restarts there are in all
 * @param diskLosses how many disks are lost in all, one after the other has recovered
 * @param reads how many reads are asked for in all
 * @param sights what an exploration of it must meet, or it would say nothing
 */
record Scope(
    String name,
    boolean led,
    List<Integer> elections,
    List<Integer> ticks,
    int commands,
    int crashes,
    int diskLosses,
    int reads,
    Set<String> sights) {

  /** No timer runs out within a few ticks: it is elections that are bounded, not time. */
  static final int NEVER = 1_000_000;

  /** With the least upper bound, a refused candidate always waits one tick. */
  private static final int RETRY_TICKS = 1;

  static final int CHUNK_SLOTS = 2;

  int hosts() {
    return elections.size();
  }

  int majority() {
    return hosts() / 2 + 1;
  }

  /** Whether ticks are counted; else a long time may have passed at any moment. */
  boolean ticking() {
    return Collections.max(ticks) > 0;
  }

  /** How many ticks there may be at one host, those of elections included. */
  int ticksAtMost() {
    return Collections.max(ticks) + Collections.max(elections) + 1;
  }

  PaxosConfig config(int host) {
    TreeSet<Integer> all = new TreeSet<>(founders().keySet());
    int heartbeatTicks = ticking() ? 1 : NEVER;
    return new PaxosConfig(
        host, all, commands + 1, NEVER, heartbeatTicks, NEVER, NEVER, RETRY_TICKS, host);
  }

  Map<Integer, Long> founders() {
    Map<Integer, Long> founders = new TreeMap<>();
    for (int host = 1; host <= hosts(); host++) {
      founders.put(host, Notation.incarnation(host, 0));
    }
    return founders;
  }

  @Override
  public String toString() {
    return name;
  }
}

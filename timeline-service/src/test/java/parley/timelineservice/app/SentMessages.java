package parley.timelineservice.app;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.runtime.Peers;

/** Notes what replicas send each other, on its way. Any thread may call. */
final class SentMessages {

  private final Set<Long> fetches = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepts = new AtomicLong();
  private final AtomicLong acknowledgedSlot = new AtomicLong();
  private volatile int watchedHost;

  Peers noting(Peers peers) {
    return (to, envelope) -> {
      note(to, envelope);
      peers.send(to, envelope);
    };
  }

  private void note(int to, Envelope envelope) {
    if (envelope.from() == watchedHost && envelope.message() instanceof Message.Fetch fetch) {
      fetches.add(fetch.fromSlot());
    } else if (envelope.from() == watchedHost && envelope.message() instanceof Message.Ack ack) {
      acknowledgedSlot.accumulateAndGet(ack.durableSlot(), Math::max);
    } else if (to == watchedHost && envelope.message() instanceof Message.Accept) {
      accepts.incrementAndGet();
    }
  }

  /** Begins to note what this host sends and is sent. */
  void watch(int host) {
    watchedHost = host;
    fetches.clear();
    accepts.set(0);
    acknowledgedSlot.set(0);
  }

  /** From how many different slots on the host asked for a chunk. */
  int fetches() {
    return fetches.size();
  }

  /** How many proposals the host was offered. */
  long accepts() {
    return accepts.get();
  }

  /** The highest slot that the host acknowledged. */
  long acknowledgedSlot() {
    return acknowledgedSlot.get();
  }
}

package parley.timelineservice.runtime;

import parley.timelineservice.paxos.Envelope;

/** The way to the other replicas. */
@FunctionalInterface
public interface Peers {

  /**
   * Sends, best effort and never blocking; messages to one host stay in order. Any thread may call.
   */
  void send(int host, Envelope envelope);
}

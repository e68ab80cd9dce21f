package parley.timelineservice.simulation;

import java.util.HashMap;
import java.util.Map;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;

/**
 * A read is confirmed by a round that was begun after the read arrived, never by one that was under
 * way already (R14): noticed at once, while a stale answer needs a newer primary besides.
 */
final class Reads {

  private static final String NAME = "reads";

  private record Round(Epoch epoch, long number) {}

  private record Asked(SimulatedLine line, long id) {}

  /** By host: the highest round that it has sent. */
  private final Map<Integer, Round> sent = new HashMap<>();

  /** By host: the round that was confirmed last. */
  private final Map<Integer, Long> confirmed = new HashMap<>();

  /** Which round was the newest one sent when the read arrived. */
  private final Map<Asked, Round> asked = new HashMap<>();

  void onSend(SimulatedNode node, Message message) {
    if (message instanceof Message.Heartbeat heartbeat) {
      sent.put(node.host(), new Round(heartbeat.epoch(), heartbeat.round()));
    }
  }

  /** A read arrives at a primary. */
  void onAsked(SimulatedNode node, SimulatedLine line, long id) {
    Round newest = sent.get(node.host());
    Epoch epoch = node.servedEpoch();
    boolean ofThisEpoch = newest != null && newest.epoch().equals(epoch);
    asked.put(new Asked(line, id), ofThisEpoch ? newest : new Round(epoch, 0));
  }

  void onConfirmed(SimulatedNode node, long round) {
    confirmed.put(node.host(), round);
  }

  /** The primary answers a read. */
  void onAnswered(SimulatedNode node, SimulatedLine line, long id) {
    Round newest = asked.remove(new Asked(line, id));
    long round = confirmed.get(node.host());
    Violation.unless(
        newest.epoch().equals(node.servedEpoch()) && round > newest.number(),
        NAME,
        "%s serves by round %d a read that arrived after round %d",
        node,
        round,
        newest.number());
  }
}

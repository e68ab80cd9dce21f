package parley.timelineservice.exploration;

import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.PaxosReplica;

/** What a replica says is durable when it says it (R1, R4, R6): a crash cannot make it a lie. */
final class Honesty {

  private Honesty() {}

  static void check(Message message, PaxosReplica core, ExploredDisk disk) {
    if (message instanceof Message.Prepare prepare) {
      require(!prepare.epoch().above(disk.promised()), message);
    } else if (message instanceof Message.Promise promise) {
      require(!promise.epoch().above(disk.promised()), message);
      require(promise.committedSlot() <= disk.committedSlot(), message);
      for (AcceptedBatch accepted : promise.accepted()) {
        AcceptedBatch row = disk.row(accepted.slot());
        boolean committed = accepted.slot() <= disk.committedSlot();
        require(committed || row != null && !accepted.epoch().above(row.epoch()), message);
      }
    } else if (message instanceof Message.Ack ack) {
      for (long slot = 1; slot <= ack.durableSlot(); slot++) {
        AcceptedBatch row = disk.row(slot);
        require(row != null, message);
        require(slot <= core.committedSlot() || row.epoch().equals(ack.epoch()), message);
      }
    }
  }

  private static void require(boolean durable, Message message) {
    if (!durable) {
      throw new AssertionError("says what is not durable: " + message);
    }
  }
}

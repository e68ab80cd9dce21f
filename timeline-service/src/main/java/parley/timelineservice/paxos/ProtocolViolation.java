package parley.timelineservice.paxos;

/** A broken invariant of the protocol: the replica must halt rather than limp on. */
public final class ProtocolViolation extends IllegalStateException {

  ProtocolViolation(String message) {
    super(message);
  }

  static void check(boolean holds, String invariant, Object left, Object right) {
    if (!holds) {
      throw new ProtocolViolation(invariant + " does not hold: " + left + ", " + right);
    }
  }
}

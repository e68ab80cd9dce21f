package parley.timelineservice.exploration;

import parley.timelineservice.traces.Notation;

/** How a path to a violation is told, in the notation of the traces. */
final class Wording {

  private static final Notation NOTATION = new Notation();

  private Wording() {}

  static String line(int host, Input input) {
    String name = Notation.host(host);
    if (input instanceof Input.Deliver deliver) {
      return NOTATION.envelope(deliver.envelope(), host);
    } else if (input instanceof Input.Sync sync) {
      return name + " syncs " + sync.writes();
    } else if (input instanceof Input.Elect elect) {
      return name + " gets the latch" + (elect.keepsLatch() ? " and keeps it" : "");
    } else if (input instanceof Input.Propose propose) {
      return name + " proposes " + NOTATION.batch(Commands.batch(propose.command()));
    } else if (input instanceof Input.Read read) {
      return name + " is asked to read what was answered up to slot " + read.answeredSlot();
    } else if (input instanceof Input.Tick) {
      return name + " ticks";
    } else {
      return name + (input instanceof Input.Crash ? " crashes and restarts" : " loses its disk");
    }
  }
}

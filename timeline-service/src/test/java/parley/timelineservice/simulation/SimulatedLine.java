package parley.timelineservice.simulation;

import java.util.ArrayDeque;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.FrontendLine;
import parley.timelineservice.primary.ToFrontend;

/**
 * A frontend's line to a replica that it takes for the primary: messages wait on either side until
 * the simulation lets them through, in order, or breaks the line.
 */
final class SimulatedLine implements FrontendLine {

  private final SimulatedNode node;
  private final ArrayDeque<FromFrontend> toPrimary = new ArrayDeque<>();
  private final ArrayDeque<ToFrontend> toFrontend = new ArrayDeque<>();
  private boolean open = true;

  SimulatedLine(SimulatedNode node) {
    this.node = node;
  }

  SimulatedNode node() {
    return node;
  }

  boolean isOpen() {
    return open;
  }

  /** From the frontend. */
  void say(FromFrontend message) {
    toPrimary.add(message);
  }

  boolean hasWords() {
    return open && !toPrimary.isEmpty();
  }

  /** Lets the oldest message of the frontend through. */
  void hear() {
    node.onLineMessage(this, toPrimary.poll());
  }

  /** The oldest message of the primary, or null. */
  ToFrontend poll() {
    return toFrontend.poll();
  }

  /** The frontend is gone, or its connection. */
  void hangUp() {
    if (open) {
      open = false;
      node.onLineClosed(this);
    }
  }

  /** The replica died: nothing of what was on its way arrives. */
  void tear() {
    open = false;
    toFrontend.clear();
  }

  @Override
  public void send(ToFrontend message) {
    if (!open) {
      return;
    }
    if (message instanceof ToFrontend.ReadConfirmed read) {
      node.onReadAnswered(this, read.id());
    }
    toFrontend.add(message);
  }

  @Override
  public void close(String why) {
    open = false;
  }
}

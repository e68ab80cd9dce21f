package parley.timelineservice.simulation;

import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Outcome;

/**
 * A client that gives its posts keys and goes from frontend to frontend: wherever it goes, it sends
 * again, in order, all that was not acknowledged. What it left behind may still be committed by the
 * frontend that took it.
 */
final class SimulatedWriter {

  private static final int UNDER_WAY_MAX = 6;

  private final String author;
  private final long id;

  /** The frontend that it is connected to. */
  private SimulatedFrontend at;

  private long acknowledged;
  private long sent;

  SimulatedWriter(String author, long id) {
    this.author = author;
    this.id = id;
  }

  /** Its next post to this frontend: the first that is not acknowledged, if it has just come. */
  Command next(SimulatedFrontend frontend) {
    if (at != frontend || sent - acknowledged >= UNDER_WAY_MAX) {
      at = frontend;
      sent = acknowledged;
    }
    sent++;
    return new Command.Post(author, "post " + sent, 0, 0, false, new Command.PostKey(id, sent));
  }

  boolean wrote(Command.Post post) {
    return post.author().equals(author) && post.key().writer() == id;
  }

  /** A frontend tells it what came of one of its posts. */
  void onOutcome(SimulatedFrontend frontend, Command.Post post, Outcome outcome) {
    if (frontend != at) {
      return;
    }
    switch (outcome) {
      case DONE, ALREADY_POSTED -> acknowledged = Math.max(acknowledged, post.key().sequence());
      default -> sent = acknowledged;
    }
  }
}

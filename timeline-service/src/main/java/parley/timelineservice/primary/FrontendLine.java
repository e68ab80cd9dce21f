package parley.timelineservice.primary;

/**
 * One frontend's open line to this replica as primary. Called on the replica's loop only; neither
 * method blocks. Sending on a line that is gone does nothing: the frontend connects anew and
 * repeats what was not answered.
 */
public interface FrontendLine {

  /** Queues the message for the frontend. Bounded by what the frontend may have under way. */
  void send(ToFrontend message);

  /** Ends the line with UNAVAILABLE and this text: the frontend looks for the new primary. */
  void close(String why);
}

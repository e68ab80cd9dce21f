package parley.timelineservice.runtime;

import java.util.concurrent.CompletableFuture;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.FrontendLine;

/**
 * The running replica as its network endpoints see it. Any thread may call; no method blocks. What
 * is handed in is queued for the replica's loop, in the order of the calls of one thread.
 */
public interface Replica {

  /**
   * A message of another replica.
   *
   * @return completes when the loop has taken it, so that a link can pace its sender; messages of
   *     an overloaded or stopping replica complete at once and are dropped, as a network may
   */
  CompletableFuture<Void> onPeerMessage(Envelope envelope);

  /**
   * The newest stream from this replica has ended: its process died, or the network broke. What it
   * said before was handed in before.
   */
  void onPeerLost(int host);

  /**
   * A frontend has opened a line. If this replica is not serving as primary, the line is closed at
   * once.
   */
  void onLineOpened(FrontendLine line);

  /**
   * A message on an open line.
   *
   * @return completes when the loop has taken it, so that the line can ask for the next one
   */
  CompletableFuture<Void> onLineMessage(FrontendLine line, FromFrontend message);

  /** The line is gone, for whatever reason. */
  void onLineClosed(FrontendLine line);

  /** The newest news. */
  News news();

  /**
   * Calls the listener at every change of epoch, primary, serving or applied index, on the
   * replica's loop. It must not block: hand over.
   *
   * @return ends the calls
   */
  AutoCloseable onNews(Runnable listener);

  /** Sessions that frontends have registered here; 0 unless primary. For people. */
  long sessions();
}

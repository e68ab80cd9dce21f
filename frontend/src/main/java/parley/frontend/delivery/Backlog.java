package parley.frontend.delivery;

import java.util.function.Consumer;

/** Reads older parts of the timeline from a replica's log. Called on the loop only. */
public interface Backlog {

  /**
   * Starts reading. A reader never ends by itself: where a replica fails, it goes on at another.
   *
   * @param fromIndex the first index wanted; runs follow one another without gaps
   * @param onRun called on the loop, once per {@link Reader#next}
   */
  Reader open(long fromIndex, Consumer<AppliedRun> onRun);

  /** One reading. */
  interface Reader {
    /** Asks for the next run. */
    void next();

    /** Ends the reading: no run comes any more. */
    void close();
  }
}

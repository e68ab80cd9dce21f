package parley.acceptance.load;

import java.io.IOException;

/**
 * A user of the load, whichever interface they speak, from their first call to their last. Runs on
 * a thread of its own; others tell it what to do.
 */
sealed interface User extends Runnable permits Client, LibraryUser {

  Profile profile();

  /** Makes the user known. Before {@link #run}, on any thread. */
  void logIn() throws IOException, InterruptedException;

  /** Follows, when all are known. Before {@link #run}, on any thread. */
  void follow() throws IOException, InterruptedException;

  /** Tells it to post no more. */
  void fallSilent();

  /** Whether it posts no more, and the server has said that all it posted is safe. */
  boolean isSilent();

  /** The author of the post that arrived last. */
  String lastAuthor();

  /** Tells it to end in good order. */
  void leaveForGood();

  boolean isOver();

  /** Breaks its connection: for one that does not end in any other way. */
  void abandon();
}

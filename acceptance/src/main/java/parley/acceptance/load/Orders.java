package parley.acceptance.load;

import java.util.concurrent.TimeUnit;

/**
 * What a client has been told to do, and whether anything has happened since it last waited. Any
 * thread may call; the client's own one waits.
 */
final class Orders {

  static final long FOREVER = Long.MAX_VALUE;

  /** What a client is to do. */
  enum Wish {
    STAY,
    GO_HOME,
    /** To read on, and post no more. */
    FALL_SILENT,
    LEAVE
  }

  private Wish wish = Wish.STAY;
  private int extraPosts;
  private boolean happened;

  synchronized void tell(Wish newWish) {
    wish = newWish;
    wake();
  }

  synchronized Wish wish() {
    return wish;
  }

  /** Notes that a client is on its way home. */
  synchronized void goingHome() {
    wish = wish == Wish.GO_HOME ? Wish.STAY : wish;
  }

  /** Tells it to post once, whatever its pace. */
  synchronized void postOnce() {
    extraPosts++;
    wake();
  }

  /** Whether it is to post once now; answers it for each time it was told. */
  synchronized boolean takePost() {
    boolean told = extraPosts > 0;
    extraPosts -= told ? 1 : 0;
    return told;
  }

  /** Says that something has happened. */
  synchronized void wake() {
    happened = true;
    notifyAll();
  }

  /** Waits until something happens or has happened since the last wait, for so long at most. */
  synchronized void await(long nanosMax) throws InterruptedException {
    if (!happened && nanosMax == FOREVER) {
      wait();
    } else if (!happened && nanosMax > 0) {
      TimeUnit.NANOSECONDS.timedWait(this, nanosMax);
    }
    happened = false;
  }
}

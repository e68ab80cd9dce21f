package parley.acceptance.replay;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * Says when a post may be sent, and knows which have been. The senders may be only so many copies
 * ahead of the readers: so the system is never idle, and yet "one third has been sent" tells how
 * far the replay really is.
 *
 * <p>Any thread may call.
 *
 * <p>Invariants: {@code copiesSent} counts the copies of sent posts that present readers should
 * receive; a sender that is held and not busy sends nothing.
 */
final class SendLedger {

  private final long copiesAheadMax;
  private final BitSet sentLines = new BitSet();
  // By sender.
  private final boolean[] held;
  private final boolean[] busy;
  private IntUnaryOperator copies;
  private int sent;
  private int sentMax;
  private long copiesSent;
  private long copiesReceived;
  private Exception failure;

  /**
   * @param copies how many readers each line has
   * @param copiesAheadMax how far senders may be ahead of readers
   */
  SendLedger(int senders, int lines, IntUnaryOperator copies, long copiesAheadMax) {
    this.held = new boolean[senders];
    this.busy = new boolean[senders];
    this.copies = copies;
    this.copiesAheadMax = copiesAheadMax;
    this.sentMax = lines;
  }

  /**
   * Waits for a line's turn and notes it as sent; the sender is busy with it until it calls again.
   */
  synchronized void take(int sender, int line) throws InterruptedException {
    rest(sender);
    while (failure == null && mustWait(sender)) {
      wait();
    }
    if (failure != null) {
      throw new InterruptedException("the replay has failed");
    }
    busy[sender] = true;
    sentLines.set(line);
    sent++;
    copiesSent += copies.applyAsInt(line);
  }

  private boolean mustWait(int sender) {
    return held[sender] || sent >= sentMax || copiesSent - copiesReceived >= copiesAheadMax;
  }

  /** Notes that a sender has nothing under way. */
  synchronized void rest(int sender) {
    busy[sender] = false;
    notifyAll();
  }

  /** Lets a sender take nothing more, and waits until it has nothing under way. */
  synchronized void hold(int sender) throws InterruptedException {
    held[sender] = true;
    while (busy[sender] && failure == null) {
      wait();
    }
  }

  /** Lets a held sender go on. */
  synchronized void release(int sender) {
    held[sender] = false;
    notifyAll();
  }

  /** No more than so many posts are sent until this is called again. */
  synchronized void limit(int posts) {
    sentMax = posts;
    notifyAll();
  }

  /** Tells how many copies the present readers have received in all. */
  synchronized void received(long copiesInAll) {
    copiesReceived = copiesInAll;
    notifyAll();
  }

  /** How many posts have been sent. */
  synchronized int sent() {
    return sent;
  }

  /** How many copies of them are still to be received. */
  synchronized long outstanding() {
    return copiesSent - copiesReceived;
  }

  /** The lines sent so far. */
  synchronized BitSet sentLines() {
    return (BitSet) sentLines.clone();
  }

  /** Counts anew, as readers have left: how many read each line now. */
  synchronized void readersChanged(IntUnaryOperator newCopies, long copiesInAll) {
    copies = newCopies;
    copiesSent = sentLines.stream().mapToLong(copies::applyAsInt).sum();
    received(copiesInAll);
  }

  /** Lets every sender end. */
  synchronized void fail(Exception cause) {
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /** Throws what made a sender give up, if one did. */
  synchronized void throwFailure() throws Exception {
    if (failure != null) {
      throw failure;
    }
  }
}

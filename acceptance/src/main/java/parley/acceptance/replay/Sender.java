package parley.acceptance.replay;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Sends the posts of some authors, each over the author's own stream, in the order of the trace.
 * Runs on a thread of its own; the ledger sets its pace.
 */
final class Sender implements Runnable {

  private final int id;
  private final int[] lines;
  private final SendLedger ledger;
  private final PostBook book;
  private final IntFunction<ChatStream> streamOfLine;
  private volatile int next;

  Sender(
      int id, int[] lines, SendLedger ledger, PostBook book, IntFunction<ChatStream> streamOfLine) {
    this.id = id;
    this.lines = lines;
    this.ledger = ledger;
    this.book = book;
    this.streamOfLine = streamOfLine;
  }

  @Override
  public void run() {
    try {
      for (int line : lines) {
        ledger.take(id, line);
        streamOfLine.apply(line).send(book.message(line));
        next = next + 1;
      }
    } catch (Exception e) {
      ledger.fail(e);
    } finally {
      ledger.rest(id);
    }
  }

  /** What is still to be sent; exact while the ledger holds this sender. */
  int[] remaining() {
    return Arrays.copyOfRange(lines, next, lines.length);
  }
}

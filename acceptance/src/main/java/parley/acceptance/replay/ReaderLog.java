package parley.acceptance.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one stream brought, in order, in a few bytes each.
 *
 * <p>One thread records (the stream's); any thread may read what there is. Writing {@code count}
 * publishes what is before it.
 */
final class ReaderLog {

  /** Stands for a message that belongs to no line. */
  static final int NO_LINE = -1;

  private static final int STRANGE_KEPT_MAX = 5;

  private final List<String> strange = new ArrayList<>();
  private int[] lines;
  private volatile int oldPosts;
  private volatile int count;
  private volatile int openings;
  private volatile int last = NO_LINE;

  ReaderLog(int expected) {
    this.lines = new int[Math.max(16, expected)];
  }

  void record(Arrival arrival) {
    if (arrival instanceof Arrival.Live live) {
      append(live.line());
    } else if (arrival instanceof Arrival.Old old) {
      oldPosts = oldPosts + 1;
      append(old.line());
    } else if (arrival instanceof Arrival.Opening) {
      openings = openings + 1;
    } else if (arrival instanceof Arrival.Strange stranger) {
      keep(stranger.what());
      append(NO_LINE);
    }
  }

  private void append(int line) {
    int at = count;
    if (at == lines.length) {
      lines = Arrays.copyOf(lines, at * 2);
    }
    lines[at] = line;
    last = line;
    count = at + 1;
  }

  private void keep(String what) {
    synchronized (strange) {
      if (strange.size() < STRANGE_KEPT_MAX) {
        strange.add(what);
      }
    }
  }

  /** How many posts have arrived, old and strange ones included, the opening post not. */
  int count() {
    return count;
  }

  /** Whether anything has arrived at all: the stream is open. */
  boolean isOpen() {
    return openings > 0 || count > 0;
  }

  /** One of the lines that have arrived, counted from 0. */
  int line(int at) {
    return lines[at];
  }

  /** How often the opening post has arrived. */
  int openings() {
    return openings;
  }

  /** The line that arrived last. */
  int last() {
    return last;
  }

  /** How many of the posts came as old ones. */
  int oldPosts() {
    return oldPosts;
  }

  /** The lines that have arrived so far, in order. */
  int[] lines() {
    return Arrays.copyOf(lines, count);
  }

  /** The first few messages that belong to no line. */
  List<String> strange() {
    synchronized (strange) {
      return List.copyOf(strange);
    }
  }
}

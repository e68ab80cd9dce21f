package parley.client.v1;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The posts of one outbox in their order, and which numbers they have. Pure; owned by the loop.
 *
 * <p>A writer's posts are numbered from 1 without gaps. Posts have no number of their own: the
 * first that is not acknowledged has the one behind the last that is. So one that the cluster does
 * not take leaves no gap, and a writer that is unknown can be replaced by another.
 *
 * <p>{@code sent} comes before {@code unsent}; the first {@code doubtful} posts of both together
 * were sent over streams that are broken, and may have come through or not.
 */
final class OutboxQueue {
  private final Deque<OutboxPost> sent = new ArrayDeque<>();
  private final Deque<OutboxPost> unsent = new ArrayDeque<>();
  private long acknowledged;
  private int doubtful;

  void add(OutboxPost post) {
    unsent.add(post);
  }

  boolean isEmpty() {
    return sent.isEmpty() && unsent.isEmpty();
  }

  /** How many posts are under way over this stream. */
  int underWay() {
    return sent.size();
  }

  boolean hasUnsent() {
    return !unsent.isEmpty();
  }

  /** The number that the next post to be sent has. */
  long nextSequence() {
    return acknowledged + sent.size() + 1;
  }

  /** Takes the next post to be sent. */
  OutboxPost send() {
    OutboxPost post = unsent.remove();
    sent.add(post);
    return post;
  }

  /** The stream is broken: all that is under way is to be sent again. */
  void reopen() {
    doubtful = Math.max(doubtful, sent.size());
    takeBack();
  }

  private void takeBack() {
    while (!sent.isEmpty()) {
      unsent.addFirst(sent.removeLast());
    }
  }

  /** The first post under way is acknowledged, if this is its number. */
  Optional<OutboxPost> acknowledge(long sequence) {
    if (sent.isEmpty() || sequence != acknowledged + 1) {
      return Optional.empty();
    }
    acknowledged++;
    doubtful = Math.max(0, doubtful - 1);
    return Optional.of(sent.remove());
  }

  /**
   * The first post under way was refused, and takes no number. What was sent behind it has not come
   * through either.
   */
  OutboxPost refuse() {
    doubtful = 0;
    return sent.remove();
  }

  /**
   * The cluster does not know the numbers so far, and has taken nothing that is under way: the
   * posts get new ones. False if some may have come through under the old ones, over earlier
   * streams.
   */
  boolean maybeRenumber() {
    if (doubtful > 0) {
      return false;
    }
    acknowledged = 0;
    takeBack();
    return true;
  }

  /** The first post of all, taken out to be given up; empty if there is none. */
  Optional<OutboxPost> giveUp() {
    OutboxPost post = sent.poll();
    return Optional.ofNullable(post == null ? unsent.poll() : post);
  }
}

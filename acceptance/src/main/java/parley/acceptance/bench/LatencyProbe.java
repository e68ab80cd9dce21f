package parley.acceptance.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import parley.client.Chat;
import parley.client.Messenger;
import parley.client.MessengerException;
import parley.client.Received;
import parley.client.ServerAddress;

/**
 * Measures what a client sees: the time from the moment when a post is due to its delivery to a
 * follower, both at one frontend. Posts are due at a fixed pace, whatever became of those before,
 * so that a pause counts for all that fell into it. Each text is the post's number.
 */
final class LatencyProbe implements AutoCloseable {

  static final String AUTHOR = "prober";
  private static final String FOLLOWER = "observer";
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Messenger author;
  private final Messenger follower;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Future<Long> posting;
  // Guarded by this: by number of the post.
  private final List<Long> dueNanos = new ArrayList<>();
  private final Map<Integer, Long> deliveredNanos = new HashMap<>();
  private volatile boolean finishing;

  /** Starts to post. */
  LatencyProbe(ServerAddress frontend) throws InterruptedException, MessengerException {
    author = Messenger.connect(List.of(frontend));
    follower = Messenger.connect(List.of(frontend));
    author.login(AUTHOR);
    follower.login(FOLLOWER);
    follower.join(FOLLOWER, AUTHOR);
    follower.chat(FOLLOWER, this::onReceived);
    Chat chat = author.chat(AUTHOR, post -> {});
    posting = thread.submit(() -> post(chat));
  }

  private long post(Chat chat) throws InterruptedException, MessengerException {
    long due = System.nanoTime();
    int posts = 0;
    while (!finishing) {
      due += EVERY_NANOS;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      synchronized (this) {
        dueNanos.add(due);
      }
      chat.post(Integer.toString(posts++));
    }
    chat.leave();
    return posts;
  }

  private synchronized void onReceived(Received received) {
    // The first ones may have been posted before the follower's chat was open: then they are old.
    if (received instanceof Received.LivePost post) {
      deliveredNanos.put(Integer.parseInt(post.text()), System.nanoTime());
    }
  }

  /** Waits until the server has said that all posts are safe; returns how many there were. */
  long finish() throws InterruptedException, ExecutionException {
    finishing = true;
    return posting.get();
  }

  /** The delays, in ascending order, of those posts that were due in a stretch of time. */
  synchronized long[] delaysNanos(long fromNanos, long toNanos) {
    return deliveredNanos.entrySet().stream()
        .filter(post -> dueNanos.get(post.getKey()) - fromNanos >= 0)
        .filter(post -> dueNanos.get(post.getKey()) - toNanos < 0)
        .mapToLong(post -> post.getValue() - dueNanos.get(post.getKey()))
        .sorted()
        .toArray();
  }

  @Override
  public void close() {
    finishing = true;
    author.close();
    follower.close();
    thread.shutdownNow();
  }
}

package parley.acceptance.load;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import parley.acceptance.history.Event;
import parley.acceptance.history.HistoryWriter;
import parley.acceptance.lab.Hosts;
import parley.client.v1.Post;
import parley.proto.hw2.Message;

/**
 * Where all clients note what they do and see: for the judgement afterwards in the history, for the
 * measurement in the pulses. Any thread may call.
 */
final class Notebook {

  private static final long PASSED_EVERY_MS = 100;

  private final HistoryWriter history;
  private final LongSupplier nanoTime;
  private final long startedAt;
  private final List<Pulse> pulses =
      IntStream.range(0, Hosts.COUNT).mapToObj(host -> new Pulse()).toList();
  private final Map<String, SendBook> sendBooks = new ConcurrentHashMap<>();
  private final AtomicInteger streams = new AtomicInteger();
  private final AtomicLong deliveries = new AtomicLong();
  private final AtomicLong listed = new AtomicLong();
  private final AtomicLong posts = new AtomicLong();
  private final AtomicLong refusals = new AtomicLong();
  private final AtomicLong longestReturnNanos = new AtomicLong();
  private final AtomicLong passedMs = new AtomicLong();

  Notebook(HistoryWriter history, LongSupplier nanoTime) {
    this.history = history;
    this.nanoTime = nanoTime;
    this.startedAt = nanoTime.getAsLong();
  }

  void note(Event event) {
    long ms = (nanoTime.getAsLong() - startedAt) / 1_000_000;
    long before = passedMs.get();
    if (ms - before >= PASSED_EVERY_MS && passedMs.compareAndSet(before, ms)) {
      history.note(new Event.Passed(ms));
    }
    history.note(event);
  }

  long now() {
    return nanoTime.getAsLong();
  }

  /** Notes that a stream is about to be opened; answers its number. */
  int opening(String user, int host, int first) {
    int stream = streams.incrementAndGet();
    note(new Event.Opened(stream, user, host, first));
    return stream;
  }

  /** Notes a post that is about to be sent. */
  void sending(String author, int number, int host, long dueNanos) {
    posts.incrementAndGet();
    sendBooks.computeIfAbsent(author, a -> new SendBook()).sending(number, host, dueNanos);
  }

  /** Notes what arrived over a stream to a host; answers what it is. */
  Event received(int stream, int host, Message message) {
    Event event = Posts.recognise(stream, message);
    note(event);
    if (event instanceof Event.Delivered post) {
      long now = nanoTime.getAsLong();
      deliveries.incrementAndGet();
      SendBook book = sendBooks.get(post.author());
      if (book != null && book.acknowledge(post.number(), host)) {
        pulse(host).beat(now, book.dueNanos(post.number()));
      }
    }
    return event;
  }

  /** Notes a post that is about to be put into an outbox. */
  void putting() {
    posts.incrementAndGet();
  }

  /** Notes what the library delivered; answers what it is. */
  Event received(int stream, Post post) {
    Event event = Posts.delivered(stream, post);
    note(event);
    deliveries.incrementAndGet();
    return event;
  }

  /** Notes what a page of the library shows. */
  void listed(int stream, Post post) {
    note(Posts.listed(stream, post));
    listed.incrementAndGet();
  }

  /** Notes the answer to a Login. */
  void loggedIn(String user, int host, String answer, boolean refused) {
    note(new Event.LoggedIn(user, host, answer));
    refusals.addAndGet(refused ? 1 : 0);
  }

  /** Notes that a user has logged in through another host, so long after their stream broke. */
  void returned(long nanos) {
    longestReturnNanos.accumulateAndGet(nanos, Math::max);
  }

  Pulse pulse(int host) {
    return pulses.get(host - 1);
  }

  long deliveries() {
    return deliveries.get();
  }

  /** How many posts pages have shown. */
  long listed() {
    return listed.get();
  }

  long posts() {
    return posts.get();
  }

  long refusals() {
    return refusals.get();
  }

  /** The longest that a user took to log in through another host; then begins anew. */
  long takeLongestReturnNanos() {
    return longestReturnNanos.getAndSet(0);
  }
}

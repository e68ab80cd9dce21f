package parley.client.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import parley.client.v1.Subscription;

/**
 * Carries out a plan with one client: makes its users, lets them follow, posts on time, and checks
 * what is delivered. One thread drives it, once.
 *
 * <p>Latencies count from when a post was due, not from when it could be made: a cluster that makes
 * its clients wait cannot hide that.
 */
public final class Traffic implements AutoCloseable {

  private final ParleyClient client;
  private final TrafficPlan plan;
  private final String run;
  private final Duration patience;
  private final LongConsumer progress;

  private final Map<String, Author> authors = new LinkedHashMap<>();
  private final List<FollowerLog> logs = new ArrayList<>();
  private final List<Subscription> subscriptions = new ArrayList<>();
  private final Faults faults = new Faults();
  private final Tally postsOver = new Tally();
  private final Tally deliveries = new Tally();
  private final AtomicLong done = new AtomicLong();
  private final Latencies commit = new Latencies();
  private final Latencies delivery = new Latencies();

  /**
   * @param run a word that no other run has, to know its posts by
   * @param patience after so long without anything happening it gives up waiting
   * @param progress is told how many posts and deliveries are over, on any thread; must not block
   */
  public Traffic(
      ParleyClient client, TrafficPlan plan, String run, Duration patience, LongConsumer progress) {
    this.client = client;
    this.plan = plan;
    this.run = run;
    this.patience = patience;
    this.progress = progress;
  }

  /** Makes the users and opens their timelines; what comes then is the traffic itself. */
  public void prepare() throws InterruptedException, ParleyException {
    CallsUnderWay calls = new CallsUnderWay();
    for (String user : plan.users()) {
      calls.add(client.createUser(user));
    }
    calls.awaitAll();
    for (Map.Entry<String, Set<String>> entry : plan.followees().entrySet()) {
      for (String followee : entry.getValue()) {
        calls.add(client.follow(entry.getKey(), followee));
      }
    }
    calls.awaitAll();
    for (String author : plan.authors()) {
      authors.put(author, new Author(client.outbox(author), run, this::onPostOver));
    }
    for (Map.Entry<String, Set<String>> entry : plan.followees().entrySet()) {
      calls.add(watch(entry.getKey(), entry.getValue()).started());
    }
    calls.awaitAll();
  }

  private Subscription watch(String follower, Set<String> followees) {
    FollowerLog log = new FollowerLog(follower, followees, run, faults, this::onDelivered);
    logs.add(log);
    Subscription subscription = client.watch(follower, Optional.empty(), log);
    subscriptions.add(subscription);
    subscription
        .ended()
        .whenComplete(
            (closed, failure) -> {
              if (failure != null) {
                faults.add("%s is handed no more: %s".formatted(follower, failure.getMessage()));
              }
            });
    return subscription;
  }

  /** Posts everything, and waits until it has been delivered, or nothing happens any more. */
  public TrafficReport run() throws InterruptedException, ParleyException {
    long start = System.nanoTime();
    for (long i = 0; i < plan.posts(); i++) {
      PlannedPost post = plan.post().apply(i);
      authors.get(post.author()).post(awaitDue(start, post));
    }
    if (!postsOver.awaitAtLeast(plan.posts(), patience)) {
      faults.add("%d posts were not acknowledged".formatted(plan.posts() - postsOver.count()));
    }
    Map<String, Long> committed = new HashMap<>();
    authors.forEach((name, author) -> committed.put(name, author.committed()));
    deliveries.awaitAtLeast(expectedDeliveries(committed), patience);
    long end = System.nanoTime();
    logs.forEach(log -> log.checkAllHaveCome(committed));
    return new TrafficReport(
        commit.count(),
        deliveries.count(),
        Duration.ofNanos(end - start),
        commit,
        delivery,
        faults.count(),
        faults.first());
  }

  private static long awaitDue(long start, PlannedPost post) throws InterruptedException {
    if (post.dueNanos().isEmpty()) {
      return System.nanoTime();
    }
    long due = start + post.dueNanos().getAsLong();
    TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
    return due;
  }

  private long expectedDeliveries(Map<String, Long> committed) {
    return plan.followees().values().stream()
        .flatMap(Set::stream)
        .mapToLong(followee -> committed.getOrDefault(followee, 0L))
        .sum();
  }

  private void onPostOver(long plannedNanos, Throwable failure) {
    if (failure == null) {
      commit.recordNanos(System.nanoTime() - plannedNanos);
    } else {
      faults.add("a post has failed: " + failure.getMessage());
    }
    postsOver.add();
    progress.accept(done.incrementAndGet());
  }

  private void onDelivered(long plannedNanos) {
    delivery.recordNanos(System.nanoTime() - plannedNanos);
    deliveries.add();
    progress.accept(done.incrementAndGet());
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
    authors.values().forEach(Author::close);
  }
}

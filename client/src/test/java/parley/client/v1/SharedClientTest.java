package parley.client.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One client, one outbox, many threads. */
@Timeout(60)
class SharedClientTest {

  private static final int THREADS = 8;
  private static final int POSTS = 300;

  private final FakeFrontends frontends = new FakeFrontends();
  private final ExecutorService threads = Executors.newFixedThreadPool(2 * THREADS);

  @BeforeEach
  void makeUsersKnown() {
    frontends.cluster().addUsers("alice", "bob");
  }

  @AfterEach
  void stop() throws InterruptedException {
    frontends.close();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void threadsShareAClientWhoseFrontendIsKilled() throws Exception {
    ParleyClient client = frontends.connect();
    ParleyClient.await(client.follow("bob", "alice"));
    Outbox outbox = client.outbox("alice");
    Map<String, Long> committed = new ConcurrentHashMap<>();
    CountDownLatch halfway = new CountDownLatch(THREADS);
    List<Future<?>> work = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      String name = "thread " + thread;
      work.add(threads.submit(running(() -> post(outbox, name, halfway, committed))));
      work.add(threads.submit(running(() -> askAndWatch(client, name))));
    }

    halfway.await();
    frontends.used(client).kill();

    for (Future<?> each : work) {
      each.get();
    }
    ParleyClient.await(outbox.flushed());
    Map<String, Long> stored =
        frontends.cluster().postsOf("alice").stream()
            .collect(
                Collectors.toMap(parley.proto.v1.Post::getText, parley.proto.v1.Post::getIndex));
    assertThat(stored).hasSize(THREADS * POSTS).isEqualTo(committed);
    List<String> texts = frontends.cluster().texts("alice");
    for (int thread = 0; thread < THREADS; thread++) {
      String name = "thread " + thread;
      assertThat(texts).containsSubsequence(texts(name));
    }
  }

  @Test
  void closingEndsWhatOtherThreadsWaitFor() throws Exception {
    ParleyClient client = frontends.connect();
    for (FakeParley server : frontends.servers()) {
      server.hang();
    }
    Outbox outbox = client.outbox("alice");
    PendingPost post = outbox.post("never answered");
    Subscription watch = client.watch("bob", Optional.empty(), ignored -> {});
    List<Future<ParleyException.Kind>> waiting =
        List.of(
            threads.submit(() -> kind(() -> ParleyClient.await(client.userExists("bob")))),
            threads.submit(() -> kind(() -> ParleyClient.await(post.committed()))),
            threads.submit(() -> kind(() -> ParleyClient.await(watch.ended()))));

    client.close();

    for (Future<ParleyException.Kind> each : waiting) {
      assertThat(each.get()).isEqualTo(ParleyException.Kind.CLOSED);
    }
    assertThat(kind(() -> outbox.post("too late"))).isEqualTo(ParleyException.Kind.CLOSED);
  }

  /** Work that has no result. */
  private interface Work {
    void run() throws Exception;
  }

  private static Callable<Void> running(Work work) {
    return () -> {
      work.run();
      return null;
    };
  }

  private static void post(
      Outbox outbox, String name, CountDownLatch halfway, Map<String, Long> committed)
      throws Exception {
    List<String> texts = texts(name);
    for (int i = 0; i < POSTS; i++) {
      String text = texts.get(i);
      if (i == POSTS / 2) {
        halfway.countDown();
      }
      outbox.post(text).committed().thenAccept(index -> committed.put(text, index));
    }
  }

  private static void askAndWatch(ParleyClient client, String name) throws Exception {
    for (int i = 0; i < 20; i++) {
      ParleyClient.await(client.createUser(name + " " + i)); // False after a lost answer.
      Subscription watch = client.watch("bob", Optional.of(cursor(client)), ignored -> {});
      assertThat(ParleyClient.await(client.userExists(name + " " + i))).isTrue();
      watch.close();
      ParleyClient.await(watch.ended());
    }
  }

  private static String cursor(ParleyClient client) throws Exception {
    return ParleyClient.await(client.homeTimeline("bob", PageRequest.first(1))).cursor();
  }

  private static List<String> texts(String name) {
    return IntStream.range(0, POSTS).mapToObj(i -> name + ", post " + i).toList();
  }

  private static ParleyException.Kind kind(Work work) throws Exception {
    try {
      work.run();
    } catch (ParleyException e) {
      return e.kind();
    }
    throw new AssertionError("it did not fail");
  }
}

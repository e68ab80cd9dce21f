package parley.timelineservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proto.store.Entry;
import parley.timelineservice.runtime.News;

/** Replicas that were away, or lost their disk, come back while posts go on (R16). */
class CatchUpTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Several chunks of copied slots. */
  private static final int POSTS_AWAY = 20_000;

  private static final String FILLER = "x".repeat(400);
  private static final int POSTS_AT_ONCE = 100;
  private static final int PAUSE_MS = 10;

  /** Within a replica's closeness and so many slots more, a primary offers it proposals. */
  private static final int CLOSE_SLOTS = 64;

  private static final int PIPELINE_SLOTS = 4;

  @TempDir Path folder;

  private final AtomicInteger posts = new AtomicInteger();
  private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
  private ThreeReplicas replicas;
  private Future<?> writing;

  @BeforeEach
  void startThreeReplicas() throws Exception {
    replicas = new ThreeReplicas(folder);
  }

  @AfterEach
  void stopAll() {
    writer.shutdownNow();
    replicas.close();
  }

  @Test
  void whoWasAwayAndWhoLostItsDiskCatchUpWhilePostsGoOn() throws Exception {
    int away = replicas.awaitServing() % ThreeReplicas.COUNT + 1;
    replicas.register();
    replicas.commit(1, List.of(ThreeReplicas.createAlice()));
    writing = writer.scheduleWithFixedDelay(this::write, 0, PAUSE_MS, TimeUnit.MILLISECONDS);

    awaitPosts(POSTS_AT_ONCE);
    replicas.stop(away);
    awaitPosts(posts.get() + POSTS_AWAY);
    replicas.sent().watch(away);
    replicas.startHeld(away);
    itIsSentNoMoreThanItCanStore();
    replicas.get(away).disk().release();
    awaitTakesPart(away);

    replicas.stop(away);
    awaitPosts(posts.get() + POSTS_AT_ONCE);
    replicas.startWithEmptyFolder(away);
    awaitTakesPart(away);

    writing.cancel(false);
    writer.submit(() -> {}).get();
    everybodyHoldsThePosts();
  }

  /** Paced, so that what is tested does not depend on how fast the machine is. */
  private void write() {
    int first = posts.get();
    List<Entry> commands = new ArrayList<>();
    for (int i = first; i < first + POSTS_AT_ONCE; i++) {
      commands.add(ThreeReplicas.post(text(i)));
    }
    try {
      replicas.commit(2 + first, commands);
    } catch (Exception e) {
      throw new AssertionError("post " + first + " was not committed", e);
    }
    posts.addAndGet(POSTS_AT_ONCE);
  }

  private static String text(int post) {
    return post + FILLER;
  }

  private void awaitPosts(int wanted) {
    await().atMost(PATIENCE).until(() -> posts.get() >= wanted);
  }

  /**
   * Its disk stores nothing: it asks for one chunk behind the one that waits for the disk, and is
   * not offered what it could only heap up.
   */
  private void itIsSentNoMoreThanItCanStore() {
    await().atMost(PATIENCE).until(() -> replicas.sent().fetches() > 0);
    awaitPosts(posts.get() + 2 * CLOSE_SLOTS * POSTS_AT_ONCE);
    assertThat(replicas.sent().fetches()).as("chunks asked for").isLessThanOrEqualTo(2);
    assertThat(replicas.sent().accepts()).as("proposals").isLessThanOrEqualTo(CLOSE_SLOTS);
  }

  /** It has applied what the primary has, votes, and writes what is proposed now. */
  private void awaitTakesPart(int host) {
    int before = posts.get();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              News primary = replicas.get(replicas.awaitServing()).loop().news();
              LocalReplica replica = replicas.get(host);
              News news = replica.loop().news();
              replicas.nobodyHalted();
              assertThat(writing).as("posting goes on").isNotDone();
              assertThat(posts.get()).as("posts").isGreaterThan(before);
              assertThat(news.role()).as("role of %s", news).isIn("standby", "primary");
              assertThat(primary.committedSlot() - news.appliedSlot())
                  .as("slots of %s that %s lacks", primary, news)
                  .isLessThanOrEqualTo(PIPELINE_SLOTS);
              assertThat(replica.disk().accepted()).as("proposals written, %s", news).isPositive();
            });
  }

  private void everybodyHoldsThePosts() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < posts.get(); i++) {
      expected.add(text(i));
    }
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                replicas.running().stream()
                        .map(replica -> replica.loop().news().appliedSlot())
                        .distinct()
                        .count()
                    == 1);
    for (LocalReplica replica : replicas.running()) {
      // Not isEqualTo: nobody wants to see them all.
      assertThat(ThreeReplicas.texts(replica).equals(expected)).as("all, in order").isTrue();
    }
    Set<Long> hashes =
        List.of(1, 2, 3).stream()
            .map(host -> replicas.stop(host).stateHash())
            .collect(Collectors.toSet());
    assertThat(hashes).as("state hashes").hasSize(1);
  }
}

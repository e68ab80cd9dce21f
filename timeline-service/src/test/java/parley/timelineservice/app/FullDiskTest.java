package parley.timelineservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proto.store.Entry;
import parley.timelineservice.storage.StorageFailure;

/**
 * A replica whose file system is full says so and ends, and has acknowledged nothing that it does
 * not hold; the others go on, and once there is space it takes part again.
 */
class FullDiskTest {

  private static final int HOST = 1;
  private static final int MEGABYTES = 16;
  private static final int BYTES_LEFT = 200_000;
  private static final int POSTS_AT_ONCE = 50;
  private static final Duration FULL_WITHIN = Duration.ofSeconds(60);
  private static final int COMMITS_WITHOUT_IT = 20;
  private static final String FILLER = "x".repeat(400);
  private static final String NO_SPACE = "no space is left on the disk of";

  @TempDir Path folder;

  private SmallFileSystem fileSystem;
  private ThreeReplicas replicas;
  private int posts;

  @BeforeEach
  void startThreeReplicasOneOfThemOnASmallFileSystem() throws Exception {
    fileSystem = new SmallFileSystem(ThreeReplicas.data(folder, HOST), MEGABYTES);
    replicas = new ThreeReplicas(folder);
    replicas.awaitServing();
    replicas.register();
    replicas.commit(1, List.of(ThreeReplicas.createAlice()));
  }

  @AfterEach
  void stopAll() {
    if (replicas != null) {
      replicas.close();
    }
    if (fileSystem != null) {
      fileSystem.close();
    }
  }

  @Test
  void standbyOnAFullFileSystemEndsAndTakesPartAgainWhenThereIsSpace() throws Exception {
    if (replicas.awaitServing() == HOST) {
      passOn(HOST);
    }
    endsWhenItIsFullAndTakesPartAgain();
  }

  @Test
  void primaryOnAFullFileSystemEndsAndTakesPartAgainWhenThereIsSpace() throws Exception {
    for (int primary = replicas.awaitServing();
        primary != HOST;
        primary = replicas.awaitServing()) {
      passOn(primary);
    }
    endsWhenItIsFullAndTakesPartAgain();
  }

  /** The next one in the queue becomes primary. */
  private void passOn(int primary) throws Exception {
    replicas.stop(primary);
    replicas.awaitServing();
    replicas.start(primary);
  }

  private void endsWhenItIsFullAndTakesPartAgain() throws Exception {
    post();
    replicas.sent().watch(HOST);
    fileSystem.fillUpTo(BYTES_LEFT);
    postUntilItEnds();
    for (int i = 0; i < COMMITS_WITHOUT_IT; i++) {
      post();
    }
    startsInVainWhileThereIsNoSpace();
    long acknowledged = replicas.sent().acknowledgedSlot();

    fileSystem.free();
    replicas.start(HOST);
    assertThat(replicas.get(HOST).lastSlotFound())
        .as("last slot stored, after it had acknowledged " + acknowledged)
        .isGreaterThanOrEqualTo(acknowledged);
    awaitTakesPart();
    everybodyHoldsThePosts();
  }

  private void startsInVainWhileThereIsNoSpace() throws Exception {
    try {
      replicas.start(HOST);
    } catch (StorageFailure full) {
      assertThat(full.getMessage()).contains(NO_SPACE).doesNotContain("\n");
      return;
    }
    postUntilItEnds();
  }

  /** As in production, it is gone as soon as it has said why. */
  private void postUntilItEnds() throws Exception {
    CompletableFuture<String> ended =
        replicas.get(HOST).halted().whenCompleteAsync((why, error) -> replicas.stop(HOST));
    // The others' commits do not wait for it.
    await()
        .atMost(FULL_WITHIN)
        .pollInterval(Duration.ZERO)
        .until(
            () -> {
              post();
              return ended.isDone();
            });
    assertThat(ended.join())
        .contains("nothing more is acknowledged", NO_SPACE, "free some and start again")
        .doesNotContain("\n");
  }

  private void post() throws Exception {
    List<Entry> commands = new ArrayList<>();
    for (int i = posts; i < posts + POSTS_AT_ONCE; i++) {
      commands.add(ThreeReplicas.post(text(i)));
    }
    replicas.commit(2 + posts, commands);
    posts += POSTS_AT_ONCE;
  }

  private static String text(int post) {
    return post + FILLER;
  }

  /** What is proposed now is written by it too. */
  private void awaitTakesPart() {
    await()
        .atMost(ThreeReplicas.PATIENCE)
        .until(
            () -> {
              post();
              return replicas.get(HOST).loop().news().role().equals("standby")
                  && replicas.get(HOST).disk().accepted() > 0;
            });
  }

  private void everybodyHoldsThePosts() {
    List<String> expected = IntStream.range(0, posts).mapToObj(FullDiskTest::text).toList();
    for (LocalReplica replica : replicas.running()) {
      // Not isEqualTo: nobody wants to see them all.
      await()
          .atMost(ThreeReplicas.PATIENCE)
          .until(() -> ThreeReplicas.texts(replica).equals(expected));
    }
  }
}

package parley.timelineservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proto.store.Entry;
import parley.proto.store.Outcome;

/** Three real replicas with real files and sockets, in one JVM. */
class ReplicaClusterTest {

  @TempDir Path folder;

  private ThreeReplicas replicas;

  @BeforeEach
  void startThreeReplicas() throws Exception {
    replicas = new ThreeReplicas(folder);
  }

  @AfterEach
  void stopAll() {
    replicas.close();
  }

  @Test
  void answeredPostsSurviveTheEndOfThePrimaryAndTheRestartOfEveryReplica() throws Exception {
    replicas.awaitServing();
    replicas.register();
    int posts = 0;
    assertThat(replicas.commit(1, List.of(ThreeReplicas.createAlice())).getOutcomesList())
        .containsOnly(Outcome.DONE);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 20; i++) {
        replicas.commit(2 + posts, List.of(post(posts), post(posts + 1)));
        posts += 2;
      }
      int primary = replicas.awaitServing();
      replicas.stop(primary);
      replicas.commit(2 + posts, List.of(post(posts)));
      posts++;
      replicas.start(primary);
    }
    awaitEverywhere(posts);
  }

  @Test
  void aReplicaWithAnEmptyFolderCopiesEverythingAndVotesAgain() throws Exception {
    replicas.awaitServing();
    replicas.register();
    replicas.commit(1, List.of(ThreeReplicas.createAlice()));
    replicas.commit(2, List.of(post(0), post(1), post(2)));
    int lost = replicas.awaitServing() % 3 + 1;
    replicas.stop(lost);
    replicas.commit(5, List.of(post(3)));
    replicas.startWithEmptyFolder(lost);
    await()
        .atMost(ThreeReplicas.PATIENCE)
        .until(() -> replicas.get(lost).loop().news().role().equals("standby"));
    int primary = replicas.awaitServing();
    replicas.stop(primary);
    replicas.commit(6, List.of(post(4)));
    await()
        .atMost(ThreeReplicas.PATIENCE)
        .untilAsserted(
            () -> assertThat(ThreeReplicas.texts(replicas.get(lost))).isEqualTo(expected(5)));
  }

  @Test
  void malformedCommandsEndTheirLineAndReachNoReplica() throws Exception {
    replicas.awaitServing();
    replicas.register();
    replicas.commit(1, List.of(ThreeReplicas.createAlice()));
    StoreClient client = replicas.client();
    await()
        .atMost(ThreeReplicas.PATIENCE)
        .until(
            () -> {
              client.reconnect();
              return client.submit(2, List.of(Entry.getDefaultInstance())) == null;
            });
    client.reconnect();
    replicas.commit(2, List.of(post(0)));
    awaitEverywhere(1);
  }

  private void awaitEverywhere(int posts) {
    await()
        .atMost(ThreeReplicas.PATIENCE)
        .untilAsserted(
            () ->
                replicas
                    .running()
                    .forEach(
                        replica ->
                            assertThat(ThreeReplicas.texts(replica)).isEqualTo(expected(posts))));
  }

  private static List<String> expected(int posts) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < posts; i++) {
      texts.add("post " + i);
    }
    return texts;
  }

  private static Entry post(int i) {
    return ThreeReplicas.post("post " + i);
  }
}

package parley.timelineservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proto.store.CreateUser;
import parley.proto.store.Entry;
import parley.proto.store.Outcome;
import parley.proto.store.Post;
import parley.proto.store.PrimaryMessage;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.TimelineReads.AuthorSince;
import parley.timelineservice.timeline.TimelineReads.IndexedPost;

/** Three real replicas with real files and sockets, in one JVM. */
class ReplicaClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final LocalLatch latch = new LocalLatch();
  private final Map<Integer, String> addresses = new TreeMap<>();
  private final Map<Integer, LocalReplica> replicas = new TreeMap<>();
  private StoreClient client;

  @BeforeEach
  void startThreeReplicas() throws Exception {
    for (int host = 1; host <= 3; host++) {
      addresses.put(host, "127.0.0.1:" + freePort());
    }
    for (int host = 1; host <= 3; host++) {
      start(host);
    }
    client = new StoreClient(new ArrayList<>(addresses.values()), 1, 77);
  }

  @AfterEach
  void stopAll() {
    client.close();
    new ArrayList<>(replicas.keySet()).forEach(this::stop);
  }

  @Test
  void answeredPostsSurviveTheEndOfThePrimaryAndTheRestartOfEveryReplica() throws Exception {
    awaitServing();
    register();
    int posts = 0;
    assertThat(commit(1, List.of(create("alice"))).getOutcomesList()).containsOnly(Outcome.DONE);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 20; i++) {
        commit(2 + posts, List.of(post(posts), post(posts + 1)));
        posts += 2;
      }
      int primary = awaitServing();
      stop(primary);
      commit(2 + posts, List.of(post(posts)));
      posts++;
      start(primary);
    }
    int all = posts;
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                replicas
                    .values()
                    .forEach(replica -> assertThat(texts(replica)).isEqualTo(expected(all))));
  }

  @Test
  void aReplicaWithAnEmptyFolderCopiesEverythingAndVotesAgain() throws Exception {
    awaitServing();
    register();
    commit(1, List.of(create("alice")));
    commit(2, List.of(post(0), post(1), post(2)));
    int lost = awaitServing() % 3 + 1;
    stop(lost);
    commit(5, List.of(post(3)));
    replicas.put(lost, new LocalReplica(lost, addresses, folder.resolve("new" + lost), latch));
    await().atMost(PATIENCE).until(() -> replicas.get(lost).loop().news().role().equals("standby"));
    int primary = awaitServing();
    stop(primary);
    commit(6, List.of(post(4)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(texts(replicas.get(lost))).isEqualTo(expected(5)));
  }

  @Test
  void malformedCommandsEndTheirLineAndReachNoReplica() throws Exception {
    awaitServing();
    register();
    commit(1, List.of(create("alice")));
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              client.reconnect();
              return client.submit(2, List.of(Entry.getDefaultInstance())) == null;
            });
    client.reconnect();
    commit(2, List.of(post(0)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                replicas
                    .values()
                    .forEach(replica -> assertThat(texts(replica)).isEqualTo(expected(1))));
  }

  private void start(int host) throws Exception {
    replicas.put(host, new LocalReplica(host, addresses, folder.resolve("host" + host), latch));
  }

  private void stop(int host) {
    replicas.remove(host).close();
  }

  private int awaitServing() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> replicas.values().stream().anyMatch(replica -> replica.loop().news().serving()));
    return replicas.entrySet().stream()
        .filter(entry -> entry.getValue().loop().news().serving())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private void register() {
    await()
        .atMost(PATIENCE)
        .until(() -> client.register(0), current -> current != null && current == 77);
  }

  /** Submits until it is answered, under the same number each time, as a frontend does. */
  private parley.proto.store.Submitted commit(long firstNumber, List<Entry> commands)
      throws Exception {
    PrimaryMessage[] answer = {client.submit(firstNumber, commands)};
    if (answer[0] == null) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                client.reconnect();
                answer[0] = client.submit(firstNumber, commands);
                return answer[0] != null;
              });
    }
    assertThat(answer[0].getSubmitted().getOutcomesCount())
        .as("answer to the commands from number %d: %s", firstNumber, answer[0])
        .isEqualTo(commands.size());
    return answer[0].getSubmitted();
  }

  private static List<String> texts(LocalReplica replica) {
    List<IndexedPost> posts =
        replica
            .reads()
            .newest(List.of(new AuthorSince("alice", 0)), replica.reads().appliedIndex(), 100_000);
    return posts.stream().map(IndexedPost::post).map(Command.Post::text).toList();
  }

  private static List<String> expected(int posts) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < posts; i++) {
      texts.add("post " + i);
    }
    return texts;
  }

  private static Entry create(String name) {
    return Entry.newBuilder().setCreateUser(CreateUser.newBuilder().setName(name)).build();
  }

  private static Entry post(int i) {
    return Entry.newBuilder()
        .setPost(Post.newBuilder().setAuthor("alice").setText("post " + i))
        .build();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

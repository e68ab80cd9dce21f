package parley.timelineservice.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import parley.proto.store.CreateUser;
import parley.proto.store.Entry;
import parley.proto.store.Post;
import parley.proto.store.PrimaryMessage;
import parley.proto.store.Submitted;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.TimelineReads.AuthorSince;
import parley.timelineservice.timeline.TimelineReads.IndexedPost;

/**
 * Three real replicas with real files and sockets, in one JVM, and a client of them whose only user
 * is alice. One thread starts and stops replicas, one, maybe another, commits.
 */
final class ThreeReplicas implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final int COUNT = 3;

  private final Path folder;
  private final LocalLatch latch = new LocalLatch();
  private final SentMessages sent = new SentMessages();
  private final Map<Integer, String> addresses = new ConcurrentSkipListMap<>();
  private final Map<Integer, LocalReplica> replicas = new ConcurrentSkipListMap<>();
  private final StoreClient client;

  ThreeReplicas(Path folder) throws Exception {
    this.folder = folder;
    for (int host = 1; host <= COUNT; host++) {
      addresses.put(host, "127.0.0.1:" + freePort());
    }
    for (int host = 1; host <= COUNT; host++) {
      start(host);
    }
    client = new StoreClient(new ArrayList<>(addresses.values()), 1, 77);
  }

  /** Where a host keeps its data. */
  static Path data(Path folder, int host) {
    return folder.resolve("host" + host);
  }

  void start(int host) throws Exception {
    start(host, data(folder, host), false);
  }

  /** Starts a replica that does not get anything written before its disk is released. */
  void startHeld(int host) throws Exception {
    start(host, data(folder, host), true);
  }

  void startWithEmptyFolder(int host) throws Exception {
    start(host, folder.resolve("new" + host), false);
  }

  private void start(int host, Path data, boolean held) throws Exception {
    replicas.put(host, new LocalReplica(host, addresses, data, latch, sent, held));
  }

  /** Stops a replica; answers what is left of it to look at. */
  LocalReplica stop(int host) {
    LocalReplica replica = replicas.remove(host);
    replica.close();
    return replica;
  }

  LocalReplica get(int host) {
    return replicas.get(host);
  }

  Collection<LocalReplica> running() {
    return replicas.values();
  }

  void nobodyHalted() {
    replicas.forEach(
        (host, replica) ->
            assertThat(replica.halted()).as("why host %d halted", host).isNotCompleted());
  }

  SentMessages sent() {
    return sent;
  }

  StoreClient client() {
    return client;
  }

  int awaitServing() {
    return await().atMost(PATIENCE).until(this::serving, Optional::isPresent).orElseThrow();
  }

  private Optional<Integer> serving() {
    return replicas.entrySet().stream()
        .filter(entry -> entry.getValue().loop().news().serving())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  void register() {
    await()
        .atMost(PATIENCE)
        .until(() -> client.register(0), current -> current != null && current == 77);
  }

  /** Submits until it is answered, under the same number each time, as a frontend does. */
  Submitted commit(long firstNumber, List<Entry> commands) throws Exception {
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

  static Entry createAlice() {
    return Entry.newBuilder().setCreateUser(CreateUser.newBuilder().setName("alice")).build();
  }

  static Entry post(String text) {
    return Entry.newBuilder().setPost(Post.newBuilder().setAuthor("alice").setText(text)).build();
  }

  /** The texts of alice's posts as a replica has applied them. */
  static List<String> texts(LocalReplica replica) {
    List<IndexedPost> posts =
        replica
            .reads()
            .newest(
                List.of(new AuthorSince("alice", 0)), replica.reads().appliedIndex(), 1_000_000);
    return posts.stream().map(IndexedPost::post).map(Command.Post::text).toList();
  }

  @Override
  public void close() {
    client.close();
    List.copyOf(replicas.keySet()).forEach(this::stop);
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.RealHosts;
import parley.acceptance.lab.Role;
import parley.client.ServerAddress;
import parley.client.v1.HomeTimeline;
import parley.client.v1.Outbox;
import parley.client.v1.Page;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.PendingPost;
import parley.client.v1.Post;
import parley.client.v1.Subscription;
import parley.proto.v1.CreatePostRequest;

/**
 * A program that finds Parley through ZooKeeper and uses the library does not notice that the
 * primary dies, nor that the frontends do which it uses and the ZooKeeper server that leads; and
 * whatever it was given before is valid afterwards, at another frontend.
 *
 * <p>In the story that all tests look at, ann posts from one program, bob watches from another, and
 * processes are killed meanwhile.
 */
class LibraryIT implements PlainStubs {

  private static final int POSTS = 5_000;
  private static final int EARLY_POSTS = 200;
  private static final String LAST = "the last one";
  private static final long FIRST_TIME = 1_000_000_000L;
  private static final PageRequest NEWEST = PageRequest.first(50);
  private static final CreatePostRequest REPEATED =
      CreatePostRequest.newBuilder()
          .setAuthor("cora")
          .setText("did it come through?")
          .setRequestId("c0ffee")
          .build();

  private static LocalCluster hosts;
  private static final List<PendingPost> posted = new ArrayList<>();
  private static final List<Post> delivered = Collections.synchronizedList(new ArrayList<>());
  private static final List<Long> repeatedIndexes = new ArrayList<>();
  private static boolean newcomerKnewAnn;
  private static HomeTimeline earlyHome;
  private static Page<Post> earlyPosts;
  // Knows a frontend only that none of the programs used before it was killed.
  private static ParleyClient elsewhere;

  @BeforeAll
  static void postAndWatchWhileProcessesAreKilled() throws Exception {
    hosts = LocalCluster.create(RealHosts.home());
    hosts.start();
    PATIENCE.await("all hosts serve", hosts::serving);
    try (ParleyClient ann = ParleyClient.connect(registry("zk:///"));
        ParleyClient bob = ParleyClient.connect(registry("zk:///"))) {
      assertThat(ParleyClient.await(ann.userExists("ann"))).isFalse();
      ParleyClient.await(ann.createUser("ann"));
      ParleyClient.await(bob.createUser("bob"));
      ParleyClient.await(bob.follow("bob", "ann"));
      assertThat(ParleyClient.await(ann.followers("ann", NEWEST)).items()).containsExactly("bob");
      String beginning = ParleyClient.await(bob.homeTimeline("bob", NEWEST)).cursor();
      Subscription watch = bob.watch("bob", Optional.of(beginning), delivered::add);
      Outbox outbox = ann.outbox("ann");

      post(outbox, EARLY_POSTS);
      awaitCommitted(outbox);
      earlyHome = ParleyClient.await(bob.homeTimeline("bob", NEWEST));
      earlyPosts = ParleyClient.await(bob.posts("ann", NEWEST));

      ParleyClient.await(ann.createUser(REPEATED.getAuthor()));
      repeatThrough(hosts.primary().orElseThrow());
      post(outbox, POSTS / 2);
      hosts.killPrimary();
      post(outbox, POSTS * 3 / 4);
      Set<Integer> used = new TreeSet<>(List.of(hostUsedBy(ann), hostUsedBy(bob)));
      // Without a leader, its followers drop their clients, too: nobody's registry is spared.
      killZooKeeperLeader();
      for (int host : used) {
        hosts.killFrontend(host);
      }
      try (ParleyClient newcomer = ParleyClient.connect(registry("zk://"))) {
        newcomerKnewAnn = ParleyClient.await(newcomer.userExists("ann"));
      }
      post(outbox, POSTS);
      posted.add(outbox.post(LAST, time(POSTS)));
      awaitCommitted(outbox);
      PATIENCE.await(
          "the last post has arrived", LibraryIT::isLastThere, () -> (long) delivered.size());
      assertThat(watch.ended()).isNotDone();

      int unused =
          IntStream.rangeClosed(1, Hosts.COUNT)
              .filter(host -> !used.contains(host))
              .findFirst()
              .orElseThrow();
      for (int host = 1; host <= Hosts.COUNT; host++) {
        repeatThrough(host);
      }
      elsewhere = ParleyClient.connect(hosts.frontend(unused).toString());
    }
  }

  @Override
  public LocalCluster hosts() {
    return hosts;
  }

  @AfterAll
  static void stopHosts() {
    if (elsewhere != null) {
      elsewhere.close();
    }
    hosts.close();
  }

  private static String registry(String prefix) {
    return IntStream.rangeClosed(1, Hosts.COUNT)
        .mapToObj(host -> hosts.zooKeeper(host).toString())
        .collect(Collectors.joining(",", prefix, "/parley/services/frontend"));
  }

  private static void killZooKeeperLeader() throws Exception {
    int host = hosts.zooKeeperLeader().orElseThrow();
    // The primary may have died there: where nobody is left, nobody starts the others again.
    PATIENCE.await(
        "somebody is left there", () -> hosts.process(Role.TIMELINE_SERVICE, host).isPresent());
    hosts.kill(hosts.running(Role.COORDINATOR, host));
  }

  // As somebody who never saw an answer.
  private static void repeatThrough(int host) {
    try (PlainParley caller = new PlainParley(hosts.frontend(host))) {
      repeatedIndexes.add(caller.call().createPost(REPEATED).getIndex());
    }
  }

  private static void post(Outbox outbox, int upTo) throws Exception {
    for (int number = posted.size(); number < upTo; number++) {
      posted.add(outbox.post("post " + number, time(number)));
    }
  }

  private static Instant time(int number) {
    return Instant.ofEpochSecond(FIRST_TIME + number);
  }

  private static void awaitCommitted(Outbox outbox) {
    PATIENCE.await(
        "all posts are committed", outbox.flushed()::isDone, () -> (long) outbox.pending());
    assertThat(outbox.pending()).isZero();
  }

  private static boolean isLastThere() {
    return !delivered.isEmpty() && delivered.get(delivered.size() - 1).text().equals(LAST);
  }

  private static int hostUsedBy(ParleyClient client) {
    PATIENCE.await("it is connected", () -> client.frontend().isPresent());
    ServerAddress address = client.frontend().orElseThrow();
    return IntStream.rangeClosed(1, Hosts.COUNT)
        .filter(host -> hosts.frontend(host).equals(address))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPostArrivesOnceInOrderAsItWasSent() {
    List<String> texts =
        new ArrayList<>(IntStream.range(0, POSTS).mapToObj(number -> "post " + number).toList());
    texts.add(LAST);
    assertThat(delivered).extracting(Post::text).containsExactlyElementsOf(texts);
    assertThat(delivered).extracting(Post::author).containsOnly("ann");
    for (int number = 0; number < delivered.size(); number++) {
      assertThat(delivered.get(number).time()).contains(time(number));
    }
  }

  @Test
  void everyPostStandsWhereItWasAcknowledged() throws Exception {
    int known = 0;
    for (int number = 0; number < posted.size(); number++) {
      long index = ParleyClient.await(posted.get(number).committed());
      if (index != 0) {
        assertThat(index).isEqualTo(delivered.get(number).index());
        known++;
      }
    }
    assertThat(known).isGreaterThan(EARLY_POSTS);
    assertThat(delivered).extracting(Post::index).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void everyHostHoldsEveryPostOnceInOrder() throws Exception {
    PATIENCE.await("all hosts serve", hosts::serving);
    PATIENCE.await("all replicas have applied the same", hosts::level);
    List<Hosts.StoredPost> expected =
        delivered.stream()
            .map(post -> new Hosts.StoredPost(post.index(), post.author(), post.text()))
            .toList();
    Hosts.StoredPost once =
        new Hosts.StoredPost(repeatedIndexes.get(0), REPEATED.getAuthor(), REPEATED.getText());
    for (int host = 1; host <= Hosts.COUNT; host++) {
      List<Hosts.StoredPost> stored = hosts.storedPosts(host);
      assertThat(by("ann", stored)).isEqualTo(expected);
      assertThat(by(REPEATED.getAuthor(), stored)).containsExactly(once);
    }
  }

  private static List<Hosts.StoredPost> by(String author, List<Hosts.StoredPost> posts) {
    return posts.stream().filter(post -> post.author().equals(author)).toList();
  }

  @Test
  void newcomerFindsAFrontendWhileTheRegistrysLeaderIsDead() {
    assertThat(newcomerKnewAnn).isTrue();
  }

  @Test
  void postThatIsRepeatedThroughAnyHostAfterKillsStandsWhereItStood() {
    assertThat(repeatedIndexes).hasSize(1 + Hosts.COUNT).containsOnly(repeatedIndexes.get(0));
    assertThat(repeatedIndexes.get(0)).isPositive();
  }

  @Test
  void pagesGoOnAfterKillsAtAnotherFrontend() throws Exception {
    List<Post> early = newestFirst(delivered.subList(0, EARLY_POSTS));
    List<Post> home = new ArrayList<>(earlyHome.posts());
    home.addAll(rest(earlyHome.next(), LibraryIT::homeTimeline));
    assertThat(home).isEqualTo(early);
    List<Post> posts = new ArrayList<>(earlyPosts.items());
    posts.addAll(rest(earlyPosts.next(), LibraryIT::posts));
    assertThat(posts).isEqualTo(early);
  }

  @Test
  void cursorGoesOnAfterKillsAtAnotherFrontend() {
    List<Post> after = Collections.synchronizedList(new ArrayList<>());
    List<Post> expected = delivered.subList(EARLY_POSTS, delivered.size());
    try (Subscription watch = elsewhere.watch("bob", Optional.of(earlyHome.cursor()), after::add)) {
      PATIENCE.await(
          "what came after the cursor has arrived",
          () -> after.size() >= expected.size() || watch.ended().isDone(),
          () -> (long) after.size());
    }
    assertThat(List.copyOf(after)).isEqualTo(expected);
  }

  @Test
  void timelinesShowWhatWasDelivered() throws Exception {
    List<Post> expected = newestFirst(delivered);
    assertThat(rest(Optional.of(""), LibraryIT::posts)).isEqualTo(expected);
    assertThat(rest(Optional.of(""), LibraryIT::homeTimeline)).isEqualTo(expected);
  }

  private static List<Post> newestFirst(List<Post> oldestFirst) {
    List<Post> reversed = new ArrayList<>(oldestFirst);
    Collections.reverse(reversed);
    return reversed;
  }

  private static Page<Post> posts(String token) throws Exception {
    return ParleyClient.await(elsewhere.posts("ann", NEWEST.from(token)));
  }

  private static Page<Post> homeTimeline(String token) throws Exception {
    HomeTimeline page = ParleyClient.await(elsewhere.homeTimeline("bob", NEWEST.from(token)));
    return new Page<>(page.posts(), page.next());
  }

  private interface Pages {
    Page<Post> from(String token) throws Exception;
  }

  private static List<Post> rest(Optional<String> first, Pages pages) throws Exception {
    List<Post> all = new ArrayList<>();
    Optional<String> token = first;
    while (token.isPresent()) {
      Page<Post> page = pages.from(token.get());
      all.addAll(page.items());
      token = page.next();
    }
    return all;
  }
}

package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.frontend.fake.Details.assertInvalid;
import static parley.frontend.fake.Details.assertNoUser;
import static parley.frontend.fake.Details.assertUnmet;

import io.grpc.Status;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.FakeStore;
import parley.frontend.fake.ParleyClient;
import parley.frontend.fake.ParleyClient.PostingStream;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.StreamPostsRequest.Opening;
import parley.proto.v1.StreamPostsResponse.Acknowledgement;

/** StreamPosts: posts in order, each acknowledged, none twice, across broken streams. */
class PostStreamTest {
  private static final long WRITER = 0xabcdef0123456789L;

  private FakeCluster cluster;
  private FakeStore store;
  private ParleyClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = new FakeCluster();
    store = cluster.store();
    client = cluster.parleyClient(1);
    store.createUsers("ann");
  }

  @AfterEach
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  private static List<Long> numbers(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static List<String> texts(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(Long::toString).toList();
  }

  private static Acknowledgement acknowledgement(long sequence, long index) {
    return Acknowledgement.newBuilder().setSequence(sequence).setIndex(index).build();
  }

  private static void assertEndsWell(PostingStream stream) {
    stream.halfClose();
    assertThat(stream.end().isOk()).as(stream.end().toString()).isTrue();
  }

  @Test
  void postsAreAcknowledgedInOrderWithTheirPlaces() {
    store.post("ann", "before");
    PostingStream stream = client.posting("ann", WRITER);
    stream.post(1, 1_000);
    assertEndsWell(stream);
    assertThat(stream.acknowledgements())
        .isEqualTo(
            IntStream.rangeClosed(1, 1_000).mapToObj(i -> acknowledgement(i, 2 + i)).toList());
    assertThat(store.posts("ann").subList(1, 1_001)).isEqualTo(texts(1, 1_000));
    assertThat(stream.received().size()).as("several in a message").isLessThan(500);
  }

  @Test
  void aStreamWithoutPostsEndsWell() {
    PostingStream stream = client.posting("ann", WRITER);
    assertEndsWell(stream);
    assertThat(stream.received()).isEmpty();
  }

  @Test
  void whatWasNotAcknowledgedIsSentAgainThroughAnotherFrontendWithoutDoubleOrGap() {
    PostingStream broken = client.posting("ann", WRITER);
    broken.post(1, 300);
    await().until(() -> store.posts("ann").size() >= 100);
    client.close();
    await().until(broken::hasEnded);
    List<Long> acknowledged = broken.acknowledged();
    assertThat(acknowledged).isEqualTo(numbers(1, acknowledged.size()));
    PostingStream again = cluster.parleyClient(2).posting("ann", WRITER);
    again.post(acknowledged.size() + 1, 400);
    assertEndsWell(again);
    assertThat(again.acknowledged()).isEqualTo(numbers(acknowledged.size() + 1, 400));
    assertThat(store.posts("ann")).isEqualTo(texts(1, 400));
    assertThat(again.acknowledgements())
        .allSatisfy(each -> assertThat(each.getIndex()).isEqualTo(1 + each.getSequence()));
  }

  @Test
  void oneSearchFindsThePlacesOfEverythingThatIsSentAgain() {
    for (int i = 1; i <= 100; i++) {
      store.post("ann", Integer.toString(i), WRITER, i);
      store.post("ann", "of another writer", 99, i);
    }
    PostingStream stream = client.posting("ann", WRITER);
    stream.post(41, 150);
    assertEndsWell(stream);
    assertThat(stream.acknowledged()).isEqualTo(numbers(41, 150));
    for (Acknowledgement each : stream.acknowledgements()) {
      long sequence = each.getSequence();
      assertThat(each.getIndex()).isEqualTo(sequence <= 100 ? 2 * sequence : 101 + sequence);
    }
    assertThat(store.historyQuestions()).isEqualTo(1);
  }

  @Test
  void whatIsTooFarBackIsAcknowledgedWithoutItsPlace() {
    store.post("ann", "1", WRITER, 1);
    IntStream.range(0, EarlierPosts.NEWEST).forEach(i -> store.post("ann", "newer"));
    store.post("ann", "2", WRITER, 2);
    PostingStream stream = client.posting("ann", WRITER);
    stream.post(1, 3);
    assertEndsWell(stream);
    assertThat(stream.acknowledgements())
        .containsExactly(
            acknowledgement(1, 0),
            acknowledgement(2, 3 + EarlierPosts.NEWEST),
            acknowledgement(3, 4 + EarlierPosts.NEWEST));
  }

  @Test
  void aPostThatIsSentTwiceOnOneStreamIsAcknowledgedTwice() {
    PostingStream stream = client.posting("ann", WRITER);
    for (long sequence : List.of(1L, 1L, 2L, 2L, 1L)) {
      stream.post(sequence);
    }
    assertEndsWell(stream);
    assertThat(stream.acknowledgements())
        .containsExactly(
            acknowledgement(1, 2),
            acknowledgement(1, 2),
            acknowledgement(2, 3),
            acknowledgement(2, 3),
            acknowledgement(1, 2));
  }

  @Test
  void aGapEndsTheStreamWhenWhatWasBeforeIsAcknowledged() {
    PostingStream stream = client.posting("ann", WRITER);
    stream.post(1, 50);
    stream.post(52);
    stream.post(53);
    assertRefused(stream, 52);
    assertThat(stream.acknowledged()).isEqualTo(numbers(1, 50));
    assertThat(store.posts("ann")).isEqualTo(texts(1, 50));
  }

  @Test
  void aWriterWhoWasForgottenIsToldSo() {
    PostingStream stream = client.posting("ann", WRITER);
    stream.post(1, 3);
    await().until(() -> stream.acknowledged().size() == 3);
    store.forgetWriters();
    stream.post(4);
    assertRefused(stream, 4);
  }

  private static void assertRefused(PostingStream stream, long sequence) {
    assertUnmet(
        stream,
        "SEQUENCE",
        "post.sequence",
        "sequence number "
            + sequence
            + " is not the writer's next one, and has not been posted either; one before it is"
            + " missing, or the writer is unknown here");
  }

  @Test
  void theOpeningComesFirstAndOnlyFirst() {
    PostingStream without = client.openPosting();
    without.post(1);
    assertInvalid(without, "opening", "the first message has no opening");
    PostingStream twice = client.posting("ann", WRITER);
    twice.send(
        StreamPostsRequest.newBuilder()
            .setOpening(Opening.newBuilder().setAuthor("ann").setWriter(WRITER))
            .build());
    assertInvalid(
        twice, "post", "a message has no post; only the first one has an opening instead");
    PostingStream empty = client.posting("ann", WRITER);
    empty.send(StreamPostsRequest.getDefaultInstance());
    assertInvalid(
        empty, "post", "a message has no post; only the first one has an opening instead");
    PostingStream silent = client.openPosting();
    silent.halfClose();
    assertThat(silent.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(silent.end().getDescription()).isEqualTo("no message was sent");
  }

  @Test
  void whatIsWrongIsNamed() {
    assertInvalid(client.posting("", WRITER), "opening.author", "the opening.author is empty");
    assertInvalid(
        client.posting("ann", 0),
        "opening.writer",
        "the opening.writer is 0; draw another number at random");
    assertNoUser(client.posting("nobody", WRITER), "opening.author", "nobody");
    PostingStream zero = client.posting("ann", WRITER);
    zero.post(0);
    assertInvalid(
        zero, "post.sequence", "the post.sequence is 0; a writer's posts are numbered from 1");
    PostingStream tooLong = client.posting("ann", WRITER);
    tooLong.post(1, "x".repeat(4_097));
    assertInvalid(
        tooLong,
        "post.text",
        "the post.text '"
            + "x".repeat(40)
            + "…' has 4097 bytes of UTF-8; at most 4096 are allowed");
    assertThat(store.posts("ann")).isEmpty();
  }

  @Test
  void aFloodingClientIsMadeToWait() {
    PostingStream flood = client.posting("ann", WRITER);
    store.hold();
    long sent = assertIsMadeToWait(flood);
    store.release();
    assertEndsWell(flood);
    assertThat(flood.acknowledged()).isEqualTo(numbers(1, sent));
  }

  @Test
  void aClientThatTakesNoAcknowledgementsIsMadeToWaitAndLosesNothing() {
    PostingStream deaf = client.posting("ann", WRITER, 0);
    long sent = assertIsMadeToWait(deaf);
    deaf.take(Integer.MAX_VALUE);
    assertEndsWell(deaf);
    assertThat(deaf.acknowledged()).isEqualTo(numbers(1, sent));
  }

  /** Sends until flow control has stopped it for a while, and answers the last number sent. */
  private static long assertIsMadeToWait(PostingStream stream) {
    String text = "x".repeat(1_000);
    int most = 60_000;
    int sent = 0;
    long sentNanos = System.nanoTime();
    while (sent < most && System.nanoTime() - sentNanos < 1_000_000_000L) {
      if (stream.isReady()) {
        stream.post(++sent, text);
        sentNanos = System.nanoTime();
      } else {
        Thread.onSpinWait();
      }
    }
    assertThat(sent).as("flow control stops it").isBetween(1, most - 1);
    return sent;
  }

  @Test
  void postsThatWereTakenAreCommittedThoughTheirStreamBreaks() {
    PostingStream stream = client.posting("ann", WRITER);
    stream.post(1);
    await().until(() -> stream.acknowledged().size() == 1);
    store.hold();
    stream.post(2, 20);
    client.awaitTaken();
    await().until(() -> store.waiting() > 0);
    stream.cancel();
    client.awaitTaken();
    store.release();
    await().until(() -> store.posts("ann").equals(texts(1, 20)));
  }

  @Test
  void nothingIsLostDoubledOrReorderedWhilePrimariesComeAndGo() {
    PostingStream stream = client.posting("ann", WRITER);
    Random random = new Random(7);
    long sent = 0;
    for (int fault = 0; fault < 12; fault++) {
      stream.post(sent + 1, sent + 1_000);
      sent += 1_000;
      switch (fault % 4) {
        case 0 -> store.changePrimary(1 + random.nextInt(3));
        case 1 -> store.voidSubmits(2);
        case 2 -> store.loseReplies(2);
        default -> {
          store.dethrone();
          store.changePrimary(1 + random.nextInt(3));
        }
      }
    }
    assertEndsWell(stream);
    assertThat(store.posts("ann")).isEqualTo(texts(1, sent));
    assertThat(stream.acknowledgements())
        .isEqualTo(
            IntStream.rangeClosed(1, (int) sent).mapToObj(i -> acknowledgement(i, 1 + i)).toList());
  }

  @Test
  void twoStreamsOfOneWriterTakeEachPostOnce() {
    PostingStream one = client.posting("ann", WRITER);
    PostingStream other = cluster.parleyClient(2).posting("ann", WRITER);
    for (long sequence = 1; sequence <= 30; sequence++) {
      one.post(sequence);
      long sent = sequence;
      await().until(() -> one.acknowledged().size() == sent);
      other.post(sequence);
    }
    assertEndsWell(one);
    assertEndsWell(other);
    assertThat(store.posts("ann")).isEqualTo(texts(1, 30));
    assertThat(other.acknowledgements()).isEqualTo(one.acknowledgements());
  }
}

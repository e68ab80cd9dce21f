package parley.client.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxQueueTest {

  private final OutboxQueue queue = new OutboxQueue();

  private static OutboxPost post(String text) {
    return new OutboxPost(text, Instant.EPOCH);
  }

  private void add(String... texts) {
    List.of(texts).forEach(text -> queue.add(post(text)));
  }

  private String send() {
    long sequence = queue.nextSequence();
    return sequence + " " + queue.send().text();
  }

  private Optional<String> acknowledge(long sequence) {
    return queue.acknowledge(sequence).map(OutboxPost::text);
  }

  @Test
  void postsAreNumberedFromOneInTheirOrder() {
    add("a", "b");

    assertThat(send()).isEqualTo("1 a");
    assertThat(send()).isEqualTo("2 b");
    assertThat(queue.hasUnsent()).isFalse();
    assertThat(acknowledge(1)).contains("a");
    assertThat(acknowledge(2)).contains("b");
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void whatWasNotAcknowledgedIsSentAgainUnderItsNumberAndBeforeWhatIsNew() {
    add("a", "b", "c");
    send();
    send();
    acknowledge(1);
    queue.reopen();
    add("d");

    assertThat(List.of(send(), send(), send())).containsExactly("2 b", "3 c", "4 d");
  }

  @Test
  void onlyTheFirstUnderWayIsAcknowledged() {
    add("a", "b");
    send();
    send();

    assertThat(acknowledge(2)).isEmpty();
    assertThat(acknowledge(1)).contains("a");
    assertThat(acknowledge(1)).isEmpty();
    assertThat(acknowledge(2)).contains("b");
    assertThat(acknowledge(3)).isEmpty();
  }

  @Test
  void whatIsRefusedLeavesNoGap() {
    add("a", "bad", "c");
    send();
    acknowledge(1);
    send();

    assertThat(queue.refuse().text()).isEqualTo("bad");
    assertThat(send()).isEqualTo("2 c");
  }

  @Test
  void whatWasSentBehindARefusedPostIsInNoDoubt() {
    add("a", "bad", "c");
    send();
    send();
    send();
    queue.reopen();
    assertThat(queue.maybeRenumber()).isFalse();
    send();
    acknowledge(1);
    send();
    queue.refuse();

    assertThat(queue.maybeRenumber()).isTrue();
    assertThat(send()).isEqualTo("1 c");
  }

  @Test
  void postsAreRenumberedOnlyIfNoneMayHaveComeThrough() {
    add("a", "b", "c");
    send();
    acknowledge(1);
    send();
    assertThat(queue.maybeRenumber()).isTrue();
    assertThat(send()).isEqualTo("1 b");

    queue.reopen();
    assertThat(send()).isEqualTo("1 b");
    assertThat(queue.maybeRenumber()).isFalse();
    acknowledge(1);
    assertThat(queue.maybeRenumber()).isTrue();
    assertThat(send()).isEqualTo("1 c");
  }

  @Test
  void givesUpEverythingInItsOrder() {
    add("a", "b", "c");
    send();

    List<String> given = new ArrayList<>();
    for (Optional<OutboxPost> post = queue.giveUp(); post.isPresent(); post = queue.giveUp()) {
      given.add(post.get().text());
    }

    assertThat(given).containsExactly("a", "b", "c");
    assertThat(queue.isEmpty()).isTrue();
  }

  /** Against a writer's own rule: the cluster takes the next number, and acknowledges old ones. */
  @Test
  void whateverBreaksAllComeThroughOnceAndInOrder() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      OutboxQueue outbox = new OutboxQueue();
      List<String> taken = new ArrayList<>();
      List<Long> unacknowledged = new ArrayList<>();
      int added = 0;
      int acknowledged = 0;
      while (acknowledged < 50) {
        switch (random.nextInt(4)) {
          case 0 -> {
            if (added < 50) {
              outbox.add(post("p" + added++));
            }
          }
          case 1 -> {
            if (outbox.hasUnsent()) {
              long sequence = outbox.nextSequence();
              OutboxPost sent = outbox.send();
              boolean lostOnTheWay = random.nextInt(8) == 0;
              if (lostOnTheWay) {
                outbox.reopen();
                unacknowledged.clear();
              } else {
                assertThat(sequence).as("seed %d", seed).isLessThanOrEqualTo(taken.size() + 1);
                if (sequence == taken.size() + 1) {
                  taken.add(sent.text());
                }
                unacknowledged.add(sequence);
              }
            }
          }
          case 2 -> {
            if (!unacknowledged.isEmpty()) {
              assertThat(outbox.acknowledge(unacknowledged.remove(0)))
                  .as("seed %d", seed)
                  .map(OutboxPost::text)
                  .contains("p" + acknowledged++);
            }
          }
          default -> {
            if (random.nextInt(5) == 0) {
              outbox.reopen();
              unacknowledged.clear();
            }
          }
        }
      }
      assertThat(taken)
          .as("seed %d", seed)
          .isEqualTo(IntStream.range(0, 50).mapToObj(number -> "p" + number).toList());
    }
  }
}

package parley.client.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.client.v1.Post;

class FollowerLogTest {

  private static final String RUN = "run-1";

  private final Faults faults = new Faults();
  private final List<Long> delivered = new ArrayList<>();
  private final FollowerLog log =
      new FollowerLog("alice", Set.of("bob", "carl"), RUN, faults, delivered::add);

  @Test
  void isContentWithEachPostOnceAndInOrder() {
    log.accept(post("bob", 1, 10));
    log.accept(post("carl", 1, 11));
    log.accept(post("bob", 2, 12));
    log.checkAllHaveCome(Map.of("bob", 2L, "carl", 1L));
    assertThat(faults.first()).isEmpty();
    assertThat(delivered).containsExactly(10_000L, 11_000L, 12_000L);
  }

  @Test
  void ignoresPostsOfOtherRuns() {
    log.accept(new Post("bob", "hello", Optional.empty(), 1));
    log.accept(new Post("bob", new Mark(7, 0).toText("run-2"), Optional.empty(), 2));
    assertThat(faults.count()).isZero();
    assertThat(delivered).isEmpty();
  }

  @Test
  void noticesAPostThatComesTwice() {
    log.accept(post("bob", 1, 10));
    log.accept(post("bob", 1, 10));
    assertThat(faults.first()).contains("alice was handed post 1 by bob after post 1");
  }

  @Test
  void noticesAGap() {
    log.accept(post("bob", 2, 10));
    assertThat(faults.first()).containsExactly("alice was handed post 2 by bob after post 0");
  }

  @Test
  void noticesAnotherOrderThanTheOneThatAllSee() {
    log.accept(post("bob", 1, 10));
    log.accept(post("carl", 1, 9));
    assertThat(faults.first()).containsExactly("alice was handed index 9 after index 10");
  }

  @Test
  void noticesAPostByNobodyWhoIsFollowed() {
    log.accept(post("dora", 1, 10));
    assertThat(faults.first()).containsExactly("alice was handed a post by dora");
  }

  @Test
  void noticesWhatIsMissingAtTheEnd() {
    log.accept(post("bob", 1, 10));
    log.checkAllHaveCome(Map.of("bob", 2L, "carl", 0L));
    assertThat(faults.first())
        .containsExactly("alice was handed posts by bob up to 1, but not up to 2");
  }

  private static Post post(String author, long number, long index) {
    return new Post(author, new Mark(number, index * 1_000).toText(RUN), Optional.empty(), index);
  }
}

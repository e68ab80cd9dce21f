package parley.timelineservice.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorIndexTest {

  private final AuthorIndex index = new AuthorIndex();

  private List<Long> newest(int author, long since, long upTo, int limit) {
    Newest newest = new Newest(limit);
    index.offer(author, since, upTo, newest);
    return newest.ascending();
  }

  @Test
  void findsAnAuthorsNewestPostsWithinBounds() {
    index.add(10, List.of(1, -1, 2, 1));
    index.add(14, List.of(1, 1));
    assertThat(newest(1, 0, 100, 10)).containsExactly(10L, 13L, 14L, 15L);
    assertThat(newest(1, 0, 100, 2)).containsExactly(14L, 15L);
    assertThat(newest(1, 10, 14, 10)).as("after since, up to the bound").containsExactly(13L, 14L);
    assertThat(newest(1, 0, 12, 10)).containsExactly(10L);
    assertThat(newest(1, 0, 9, 10)).isEmpty();
    assertThat(newest(3, 0, 100, 10)).isEmpty();
    assertThat(newest(1, 0, 100, 0)).isEmpty();
  }

  @Test
  void countsPostsOnlyAndKnowsItsEnd() {
    index.add(10, List.of(1, -1, 2));
    assertThat(index.posts()).isEqualTo(2);
    assertThat(index.lastIndex()).isEqualTo(12);
    assertThat(index.authors()).containsExactly(1, 2);
    assertThat(index.indexes(2)).containsExactly(12L);
    assertThat(index.indexes(9)).isEmpty();
  }

  @Test
  void newestKeepsTheHighestOfSeveralAuthorsOnce() {
    index.add(1, List.of(1, 2, 1, 2, 1));
    Newest newest = new Newest(3);
    index.offer(1, 0, 5, newest);
    index.offer(2, 0, 5, newest);
    index.offer(2, 0, 5, newest);
    assertThat(newest.ascending()).containsExactly(3L, 4L, 5L);
    assertThat(newest.wants(3)).isFalse();
    assertThat(newest.wants(6)).isTrue();
  }
}

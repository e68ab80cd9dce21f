package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.frontend.store.Command;
import parley.frontend.store.PlacedPost;

/** Acknowledgements keep the order of the posts, whatever is known first. */
class AcknowledgementsTest {
  private final Acknowledgements acknowledgements = new Acknowledgements();

  private List<String> polled() {
    return acknowledgements.poll().getAcknowledgementsList().stream()
        .map(each -> each.getSequence() + "@" + each.getIndex())
        .toList();
  }

  private static PlacedPost at(long index) {
    return new PlacedPost(index, new Command.Post("a", "", 0, 0, false));
  }

  @Test
  void whatHasItsPlaceGoesOutTogether() {
    acknowledgements.addPlaced(1, 10);
    acknowledgements.addPlaced(2, 12);
    assertThat(acknowledgements.mustFind()).isFalse();
    assertThat(polled()).containsExactly("1@10", "2@12");
    assertThat(acknowledgements.isEmpty()).isTrue();
    assertThat(polled()).isEmpty();
  }

  @Test
  void whatHadComeThroughBeforeHoldsTheLaterOnesUntilItIsFound() {
    acknowledgements.addEarlier(4);
    acknowledgements.addPlaced(5, 30);
    assertThat(polled()).isEmpty();
    assertThat(acknowledgements.mustFind()).isTrue();
    acknowledgements.onFound(Map.of(4L, at(20)), acknowledgements.mustFindUpTo());
    assertThat(acknowledgements.mustFind()).isFalse();
    assertThat(polled()).containsExactly("4@20", "5@30");
  }

  @Test
  void oneSearchServesAllThatItCouldSee() {
    acknowledgements.addEarlier(4);
    long upTo = acknowledgements.mustFindUpTo();
    acknowledgements.addEarlier(5);
    acknowledgements.addEarlier(6);
    acknowledgements.onFound(Map.of(4L, at(20), 5L, at(21), 6L, at(22)), upTo);
    assertThat(polled()).containsExactly("4@20", "5@21", "6@22");
  }

  @Test
  void whatIsToBeFoundStandsBeforeWhatIsPlacedBehindIt() {
    acknowledgements.addEarlier(1);
    acknowledgements.addEarlier(2);
    assertThat(acknowledgements.mustFindBefore()).isEqualTo(Long.MAX_VALUE);
    acknowledgements.addPlaced(3, 40);
    acknowledgements.addEarlier(3);
    acknowledgements.addPlaced(4, 50);
    assertThat(acknowledgements.mustFindBefore()).isEqualTo(40);
    assertThat(acknowledgements.mustFindUpTo()).isEqualTo(2);
    acknowledgements.onFound(Map.of(2L, at(7)), 2);
    assertThat(polled()).containsExactly("1@0", "2@7", "3@40");
    assertThat(acknowledgements.mustFind()).as("the double of a new post").isTrue();
    assertThat(acknowledgements.mustFindBefore()).isEqualTo(50);
  }

  @Test
  void whatIsTooOldToBeFoundHasNoIndex() {
    acknowledgements.addEarlier(1);
    acknowledgements.addEarlier(2);
    acknowledgements.addEarlier(3);
    acknowledgements.onFound(Map.of(3L, at(9)), acknowledgements.mustFindUpTo());
    assertThat(polled()).containsExactly("1@0", "2@0", "3@9");
    acknowledgements.addEarlier(2);
    assertThat(polled()).as("a search would find nothing more").containsExactly("2@0");
  }

  @Test
  void whatCameThroughAfterTheSearchNeedsAnother() {
    acknowledgements.addEarlier(1);
    acknowledgements.onFound(Map.of(1L, at(5)), acknowledgements.mustFindUpTo());
    assertThat(polled()).containsExactly("1@5");
    acknowledgements.addEarlier(2);
    assertThat(polled()).isEmpty();
    assertThat(acknowledgements.mustFind()).isTrue();
    acknowledgements.onFound(Map.of(1L, at(5), 2L, at(8)), acknowledgements.mustFindUpTo());
    assertThat(polled()).containsExactly("2@8");
  }
}

package parley.frontend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.frontend.delivery.OwnCommands;

/** Outcomes and places come together, whichever comes first. */
class OwnPlacesTest {
  private final OwnPlaces places = new OwnPlaces();
  private final List<String> told = new ArrayList<>();

  private void await(long number, Outcome outcome) {
    Command command = new Command.CreateUser(Long.toString(number));
    places.await(
        number,
        command,
        outcome,
        (placed, come, index) -> {
          assertThat(placed).isSameAs(command);
          told.add(number + " " + come + " " + index);
        });
  }

  @Test
  void aCommandIsToldWhenItIsShown() {
    await(3, Outcome.DONE);
    places.settle(3);
    assertThat(told).isEmpty();
    places.onShown(new OwnCommands(2, 11, 3));
    places.settle(3);
    assertThat(told).containsExactly("3 DONE 12");
  }

  @Test
  void aCommandThatIsShownBeforeItsOutcomeIsToldWithIt() {
    places.onShown(new OwnCommands(1, 50, 2));
    places.settle(0);
    await(1, Outcome.DONE);
    await(2, Outcome.DONE);
    places.settle(2);
    assertThat(told).containsExactly("1 DONE 50", "2 DONE 51");
  }

  @Test
  void whatTookNoEffectHasNoPlaceAndKeepsItsTurn() {
    await(1, Outcome.DONE);
    await(2, Outcome.ALREADY_POSTED);
    places.settle(2);
    assertThat(told).isEmpty();
    places.onShown(new OwnCommands(1, 9, 1));
    places.settle(2);
    assertThat(told).containsExactly("1 DONE 9", "2 ALREADY_POSTED 0");
  }

  @Test
  void aPlaceThatIsMissingInTheTimelineIsAnError() {
    await(1, Outcome.DONE);
    places.onShown(new OwnCommands(2, 9, 1));
    assertThatThrownBy(() -> places.settle(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("command 1 has no place among the commands 2 to 2");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void eachCommandIsToldOnceInOrderWithItsPlace(long seed) {
    Random random = new Random(seed);
    ArrayDeque<OwnCommands> toShow = new ArrayDeque<>();
    List<Outcome> outcomes = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    List<Boolean> wanted = new ArrayList<>();
    long index = 100;
    for (int number = 1; number <= 2_000; number++) {
      boolean effective = random.nextInt(5) > 0;
      index += random.nextInt(3) == 0 ? random.nextInt(4) : 0;
      Outcome outcome = effective ? Outcome.DONE : Outcome.ALREADY_POSTED;
      outcomes.add(outcome);
      wanted.add(random.nextInt(3) > 0);
      if (effective) {
        OwnCommands last = toShow.peekLast();
        if (last != null
            && last.lastNumber() == number - 1
            && last.firstIndex() + last.count() == index) {
          toShow.pollLast();
          toShow.add(new OwnCommands(last.firstNumber(), last.firstIndex(), last.count() + 1));
        } else {
          toShow.add(new OwnCommands(number, index, 1));
        }
      }
      if (wanted.get(number - 1)) {
        expected.add(number + " " + outcome + " " + (effective ? index : 0));
      }
      index += effective ? 1 : 0;
    }
    int answered = 0;
    while (answered < outcomes.size() || !toShow.isEmpty()) {
      if (random.nextBoolean() && answered < outcomes.size()) {
        for (int i = random.nextInt(50); i >= 0 && answered < outcomes.size(); i--) {
          answered++;
          if (wanted.get(answered - 1)) {
            await(answered, outcomes.get(answered - 1));
          }
        }
      } else if (!toShow.isEmpty()) {
        places.onShown(toShow.poll());
      }
      places.settle(answered);
    }
    assertThat(told).isEqualTo(expected);
  }
}

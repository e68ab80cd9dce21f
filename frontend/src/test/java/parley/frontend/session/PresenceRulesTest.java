package parley.frontend.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the primary, and what is asked again on the next line. */
class PresenceRulesTest {
  private final Presence presence = new Presence();
  private final List<String> asked = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  private final PresenceLine line =
      new PresenceLine() {
        @Override
        public void claim(long id, String name, boolean join) {
          asked.add((join ? "join " : "claim ") + id + " " + name);
        }

        @Override
        public void release(long id, String name) {
          asked.add("release " + id + " " + name);
        }
      };

  @BeforeEach
  void connect() {
    presence.onConnected(1);
    presence.onConnected(2);
  }

  private void login(long connection, String name) {
    presence.login(connection, name, stay -> told.add(name + (stay == null ? " refused" : " in")));
  }

  @Test
  void whatWasNotAnsweredIsAskedAgainInOrderOnTheNextLine() {
    login(1, "a");
    presence.onLineOpen(line);
    login(1, "b");
    presence.onClaimed(1, true);
    presence.onLineClosed();
    presence.onDisconnected(1);
    asked.clear();
    presence.onLineOpen(line);
    assertThat(asked).containsExactly("claim 2 b", "release 3 a");
    assertThat(presence.heldNames()).isEmpty();
  }

  @Test
  void aClaimThatIsGrantedTooLateIsReleased() {
    presence.onLineOpen(line);
    login(1, "late");
    presence.onDisconnected(1);
    presence.onClaimed(1, true);
    assertThat(asked).containsExactly("claim 1 late", "release 2 late");
    assertThat(told).containsExactly("late refused");
  }

  @Test
  void aReleaseIsNotRepeatedOverALaterClaimThatWasGranted() {
    presence.onLineOpen(line);
    login(1, "n");
    presence.onClaimed(1, true);
    presence.onDisconnected(1);
    login(2, "n");
    presence.onClaimed(3, true);
    presence.onLineClosed();
    asked.clear();
    presence.onLineOpen(line);
    assertThat(asked).isEmpty();
    assertThat(presence.heldNames()).containsExactly("n");
  }

  @Test
  void aNameHeldHereIsRefusedWithoutAskingThePrimary() {
    presence.onLineOpen(line);
    login(1, "n");
    presence.onClaimed(1, true);
    login(2, "n");
    assertThat(told).containsExactly("n in", "n refused");
    assertThat(asked).containsExactly("claim 1 n");
  }

  @Test
  void twoLoginsAtOnceDoNotBothGetTheName() {
    presence.onLineOpen(line);
    login(1, "n");
    login(2, "n");
    presence.onClaimed(1, true);
    presence.onClaimed(2, true);
    assertThat(told).containsExactly("n in", "n refused");
    assertThat(presence.isHeld("n")).isTrue();
  }

  @Test
  void aLoginThatNobodyWaitsForIsForgottenWhileThereIsNoPrimary() {
    Presence.PendingLogin pending = presence.login(1, "n", stay -> told.add("answered"));
    presence.forget(pending);
    presence.onLineOpen(line);
    assertThat(asked).isEmpty();
  }

  @Test
  void theNameIsReleasedWithItsLastStayAndTheConfirmationIsPassedOn() {
    presence.onLineOpen(line);
    Stay first = presence.enterChat(1, "n", stay -> told.add("first counts"));
    presence.onClaimed(1, true);
    Stay second = presence.enterChat(2, "n", stay -> told.add("second counts"));
    presence.leave(first, () -> told.add("first left"));
    presence.leave(second, () -> told.add("second left"));
    assertThat(told).containsExactly("first counts", "second counts", "first left");
    presence.onReleased(2);
    assertThat(told).endsWith("second left");
    assertThat(asked).containsExactly("join 1 n", "release 2 n");
  }

  @Test
  void noReleaseCrossesAClaimOfTheSameName() {
    presence.onLineOpen(line);
    login(1, "n");
    Stay chat = presence.enterChat(2, "n", stay -> told.add("chat counts"));
    presence.onClaimed(2, true);
    presence.leave(chat, () -> told.add("chat left"));
    assertThat(asked).containsExactly("claim 1 n", "join 2 n");
    presence.onClaimed(1, true);
    assertThat(presence.isHeld("n")).isTrue();
    presence.onDisconnected(1);
    assertThat(asked).containsExactly("claim 1 n", "join 2 n", "release 3 n");
  }

  @Test
  void theReleaseFollowsWhenTheClaimIsRefused() {
    presence.onLineOpen(line);
    login(1, "n");
    Stay chat = presence.enterChat(2, "n", stay -> told.add("chat counts"));
    presence.onClaimed(2, true);
    presence.leave(chat, () -> told.add("chat left"));
    presence.onClaimed(1, false);
    assertThat(asked).containsExactly("claim 1 n", "join 2 n", "release 3 n");
  }
}

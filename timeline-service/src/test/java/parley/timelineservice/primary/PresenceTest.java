package parley.timelineservice.primary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.timelineservice.primary.FromFrontend.Claim;
import parley.timelineservice.primary.FromFrontend.Held;
import parley.timelineservice.primary.FromFrontend.Hello;
import parley.timelineservice.primary.FromFrontend.Release;
import parley.timelineservice.primary.ToFrontend.Claimed;
import parley.timelineservice.primary.ToFrontend.IsHeld;
import parley.timelineservice.primary.ToFrontend.Released;

class PresenceTest {

  private final RecordingLine one = new RecordingLine("frontend 1");
  private final RecordingLine two = new RecordingLine("frontend 2");
  private final RecordingLine three = new RecordingLine("frontend 3");
  private Presence presence = new Presence(Set.of());
  private long nowMs = 1_000_000;

  private static Hello hello(int host, String... names) {
    return new Hello(host, 100 + host, List.of(names), true, false, 0);
  }

  private void connect(RecordingLine line, int host, String... names) {
    presence.opened(line);
    presence.onHello(line, hello(host, names));
  }

  private void pass(long ms) {
    for (long end = nowMs + ms; nowMs < end; ) {
      nowMs += 50;
      presence.tick(nowMs);
    }
  }

  private long askedOn(RecordingLine line) {
    List<ToFrontend> heard = line.heard();
    assertThat(heard).hasSize(1).first().isInstanceOf(IsHeld.class);
    return ((IsHeld) heard.get(0)).id();
  }

  @Test
  void freeNameIsGrantedAndHeldByTheClaimingFrontend() {
    connect(one, 1);
    connect(two, 2);
    presence.onClaim(one, new Claim(7, "ann", false));
    assertThat(one.heard()).containsExactly(new Claimed(7, true));
    assertThat(presence.sessions()).isEqualTo(1);

    presence.onClaim(two, new Claim(1, "ann", false));
    assertThat(two.heard()).isEmpty();
    assertThat(one.heard()).singleElement().isInstanceOf(IsHeld.class);
  }

  @Test
  void claimIsRefusedOnlyAfterTheHolderHasConfirmed() {
    connect(one, 1, "ann");
    connect(two, 2);
    presence.onClaim(two, new Claim(1, "ann", false));
    long question = askedOn(one);
    assertThat(two.heard()).isEmpty();
    presence.onHeld(one, new Held(question, true));
    assertThat(two.heard()).containsExactly(new Claimed(1, false));
    assertThat(presence.sessions()).isEqualTo(1);
  }

  @Test
  void deniedNameIsFreedAndGranted() {
    connect(one, 1, "ann");
    connect(two, 2);
    presence.onClaim(two, new Claim(1, "ann", false));
    presence.onHeld(one, new Held(askedOn(one), false));
    assertThat(two.heard()).containsExactly(new Claimed(1, true));
    assertThat(presence.sessions()).isEqualTo(1);
  }

  @Test
  void holderWhoseLineBreaksLosesTheNameAtOnce() {
    connect(one, 1, "ann");
    connect(two, 2);
    presence.onClaim(two, new Claim(1, "ann", false));
    presence.closed(one);
    assertThat(two.heard()).containsExactly(new Claimed(1, true));

    presence.closed(two);
    assertThat(presence.sessions()).isZero();
  }

  @Test
  void silentHolderLosesTheNameAfterASecond() {
    connect(one, 1, "ann");
    connect(two, 2);
    pass(50);
    presence.onClaim(two, new Claim(1, "ann", false));
    long question = askedOn(one);
    pass(950);
    assertThat(two.heard()).isEmpty();
    pass(50);
    assertThat(two.heard()).containsExactly(new Claimed(1, true));

    presence.onHeld(one, new Held(question, true));
    assertThat(two.heard()).isEmpty();
    assertThat(presence.sessions()).isEqualTo(1);
  }

  @Test
  void pauseOfThePrimaryItselfIsNobodysSilence() {
    connect(one, 1, "ann");
    connect(two, 2);
    pass(50);
    presence.onClaim(two, new Claim(1, "ann", false));
    long question = askedOn(one);
    nowMs += 60_000;
    presence.tick(nowMs);
    assertThat(two.heard()).isEmpty();
    presence.onHeld(one, new Held(question, true));
    assertThat(two.heard()).containsExactly(new Claimed(1, false));
  }

  @Test
  void ofTwoClaimsAtOnceOneWinsAndTheOtherIsJudgedAfterIt() {
    connect(one, 1, "ann");
    connect(two, 2);
    connect(three, 3);
    presence.onClaim(two, new Claim(1, "ann", false));
    presence.onClaim(three, new Claim(1, "ann", false));
    presence.onHeld(one, new Held(askedOn(one), false));
    assertThat(three.heard()).isEmpty();
    List<ToFrontend> toWinner = two.heard();
    assertThat(toWinner.get(0)).isEqualTo(new Claimed(1, true));
    long question = ((IsHeld) toWinner.get(1)).id();
    presence.onHeld(two, new Held(question, true));
    assertThat(three.heard()).containsExactly(new Claimed(1, false));
  }

  @Test
  void answerToAnEarlierClaimsQuestionDoesNotRefuseALaterClaim() {
    connect(one, 1, "ann");
    connect(two, 2);
    connect(three, 3);
    presence.onClaim(two, new Claim(1, "ann", false));
    long first = askedOn(one);
    presence.onClaim(three, new Claim(1, "ann", false));
    presence.onHeld(one, new Held(first, true));
    assertThat(two.heard()).containsExactly(new Claimed(1, false));
    assertThat(three.heard()).isEmpty();
    long second = askedOn(one);
    assertThat(second).isNotEqualTo(first);
    presence.onHeld(one, new Held(second, false));
    assertThat(three.heard()).containsExactly(new Claimed(1, true));
  }

  @Test
  void joinIsAlwaysGrantedAndRecordedAsAnotherHolder() {
    connect(one, 1, "ann");
    connect(two, 2);
    connect(three, 3);
    presence.onClaim(two, new Claim(4, "ann", true));
    assertThat(two.heard()).containsExactly(new Claimed(4, true));
    assertThat(one.heard()).isEmpty();
    assertThat(presence.sessions()).isEqualTo(2);

    presence.onClaim(three, new Claim(1, "ann", false));
    presence.onHeld(one, new Held(askedOn(one), false));
    assertThat(three.heard()).isEmpty();
    presence.onHeld(two, new Held(askedOn(two), true));
    assertThat(three.heard()).containsExactly(new Claimed(1, false));
  }

  @Test
  void releaseIsConfirmedAndFreesTheName() {
    connect(one, 1, "ann");
    connect(two, 2);
    presence.onRelease(one, new Release(9, "ann"));
    assertThat(one.heard()).containsExactly(new Released(9));
    presence.onClaim(two, new Claim(1, "ann", false));
    assertThat(two.heard()).containsExactly(new Claimed(1, true));
    assertThat(one.heard()).isEmpty();
  }

  @Test
  void releaseOfANameThatIsNotHeldIsConfirmedToo() {
    connect(one, 1);
    presence.onRelease(one, new Release(9, "nobody"));
    assertThat(one.heard()).containsExactly(new Released(9));
  }

  @Test
  void releaseWhileTheHolderIsAskedDecidesTheClaim() {
    connect(one, 1, "ann");
    connect(two, 2);
    presence.onClaim(two, new Claim(1, "ann", false));
    presence.onRelease(one, new Release(9, "ann"));
    assertThat(two.heard()).containsExactly(new Claimed(1, true));
  }

  @Test
  void nameReturnedByAHealedNetworkStaysAtBothFrontends() {
    connect(one, 1, "ann");
    connect(two, 2, "ann");
    assertThat(presence.sessions()).isEqualTo(2);
    assertThat(one.heard()).isEmpty();
    assertThat(two.heard()).isEmpty();
    assertThat(one.closed()).isNull();
    assertThat(two.closed()).isNull();
  }

  @Test
  void newPrimaryWaitsForAllExpectedFrontendsBeforeItJudges() {
    presence = new Presence(Set.of(1, 2));
    connect(two, 2);
    presence.onClaim(two, new Claim(1, "ann", false));
    presence.onClaim(two, new Claim(2, "bob", false));
    presence.onClaim(two, new Claim(3, "cid", true));
    assertThat(two.heard()).containsExactly(new Claimed(3, true));

    presence.opened(one);
    presence.onHello(one, new Hello(1, 101, List.of("ann"), false, false, 0));
    assertThat(two.heard()).isEmpty();
    presence.onHello(one, hello(1, "dan"));
    assertThat(two.heard()).containsExactly(new Claimed(2, true));
    presence.onHeld(one, new Held(askedOn(one), true));
    assertThat(two.heard()).containsExactly(new Claimed(1, false));
  }

  @Test
  void newPrimaryWaitsForSilentFrontendsOnlySoLong() {
    presence = new Presence(Set.of(1, 2));
    connect(two, 2);
    presence.onClaim(two, new Claim(1, "ann", false));
    pass(1_500);
    assertThat(two.heard()).isEmpty();
    pass(50);
    assertThat(two.heard()).containsExactly(new Claimed(1, true));
  }

  @Test
  void newestLineOfAFrontendReplacesItsOlderOne() {
    connect(one, 1, "ann", "bob");
    connect(three, 3);
    presence.onClaim(three, new Claim(1, "ann", false));
    presence.onClaim(three, new Claim(2, "bob", false));
    assertThat(one.heard()).hasSize(2);

    RecordingLine again = new RecordingLine("frontend 1 again");
    connect(again, 1, "ann");
    assertThat(one.closed()).contains("host 1").contains("another line");
    assertThat(three.heard()).containsExactly(new Claimed(2, true));
    presence.onHeld(again, new Held(askedOn(again), true));
    assertThat(three.heard()).containsExactly(new Claimed(1, false));
    presence.closed(one);
    assertThat(presence.sessions()).isEqualTo(2);
  }

  @Test
  void helloWithoutNamesOnAnOpenLineTakesNothingAway() {
    connect(one, 1, "ann");
    presence.onHello(one, new Hello(1, 101, List.of(), true, true, 55));
    assertThat(presence.sessions()).isEqualTo(1);
  }

  @Test
  void whoSpeaksBeforeACompleteHelloLosesItsLine() {
    presence.opened(one);
    presence.onClaim(one, new Claim(1, "ann", false));
    assertThat(one.closed()).contains("Claim before a complete Hello");
  }

  @Test
  void claimsUnderWayAreBoundedPerLine() {
    presence = new Presence(Set.of(1, 2));
    connect(two, 2);
    for (int id = 0; id < Presence.PENDING_CLAIMS_MAX; id++) {
      presence.onClaim(two, new Claim(id, "user" + id, false));
    }
    assertThat(two.closed()).isNull();
    presence.onClaim(two, new Claim(-1, "one too many", false));
    assertThat(two.closed()).contains("10000 claims");
    connect(one, 1);
    pass(2_000);
    assertThat(two.heard()).isEmpty();
    assertThat(presence.sessions()).isZero();
  }

  @Test
  void claimOfALostLineIsForgottenAndTheNextOneJudged() {
    connect(one, 1, "ann");
    connect(two, 2);
    connect(three, 3);
    presence.onClaim(two, new Claim(1, "ann", false));
    presence.onClaim(three, new Claim(1, "ann", false));
    long first = askedOn(one);
    presence.closed(two);
    long second = askedOn(one);
    presence.onHeld(one, new Held(first, true));
    assertThat(three.heard()).isEmpty();
    presence.onHeld(one, new Held(second, true));
    assertThat(three.heard()).containsExactly(new Claimed(1, false));
  }
}

package parley.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.acceptance.history.Event.Committed;
import parley.acceptance.history.Event.Delivered;
import parley.acceptance.history.Event.Ended;
import parley.acceptance.history.Event.Followed;
import parley.acceptance.history.Event.Listed;
import parley.acceptance.history.Event.LoggedIn;
import parley.acceptance.history.Event.Moved;
import parley.acceptance.history.Event.Opened;
import parley.acceptance.history.Event.Passed;
import parley.acceptance.history.Event.Reachable;
import parley.acceptance.history.Event.Settled;
import parley.acceptance.history.Event.Strange;
import parley.acceptance.history.Event.Unreachable;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.history.Verdict.Fault;

/**
 * The checker has teeth: a history that is right passes, and each single thing wrong with it is
 * noticed and named.
 *
 * <p>In the story that the tests start from, ann and bob post over streams 1 and 2, all of it
 * acknowledged; cat (stream 3) and dan (stream 4), at different hosts, follow both; eve (stream 5)
 * follows bob, and comes when four posts are there.
 */
class HistoryCheckTest extends Story {

  @BeforeEach
  void tellWhatIsRight() {
    log.addAll(List.of("ann 0", "bob 0", "bob 1", "bob 2", "ann 1", "ann 2", "bob 3"));
    for (String reader : List.of("cat", "dan")) {
      story.add(new Followed(reader, "ann"));
      story.add(new Followed(reader, "bob"));
    }
    story.add(new Followed("eve", "bob"));
    story.add(new LoggedIn("ann", 1, "Login Successful!"));
    story.add(new Opened(1, "ann", 1, 0));
    story.add(new Opened(2, "bob", 2, 0));
    story.add(new Opened(3, "cat", 1, 0));
    story.add(new Opened(4, "dan", 3, 0));
    for (String post : List.of("ann 0", "bob 0", "bob 1", "bob 2")) {
      story.add(live(3, post));
    }
    story.add(new Opened(5, "eve", 2, 0));
    story.add(old(5, "bob 1"));
    story.add(old(5, "bob 2"));
    log.forEach(post -> story.add(live(4, post)));
    for (String post : List.of("ann 1", "ann 2", "bob 3")) {
      story.add(live(3, post));
    }
    story.add(live(5, "bob 3"));
    story.add(new Ended(1, 3, true, "OK"));
    story.add(new Ended(2, 4, true, "OK"));
    story.add(new Settled());
    for (int reader = 3; reader <= 5; reader++) {
      story.add(new Ended(reader, 0, true, "OK"));
    }
  }

  @Test
  void rightHistoryIsClean() throws Exception {
    Findings findings = check();
    assertThat(findings.verdict().isClean()).as(findings.toString()).isTrue();
    assertThat(findings.posts()).isEqualTo(7);
    assertThat(findings.deliveries()).isEqualTo(17);
    assertThat(findings.streams()).isEqualTo(5);
  }

  @Test
  void everySinglePostThatNoHostHoldsAnyMoreIsSeen() throws Exception {
    for (String post : List.copyOf(log)) {
      int at = log.indexOf(post);
      log.remove(at);
      assertNamed(
          check(), Fault.LOST, words(post) + " of stream " + (post.startsWith("a") ? 1 : 2));
      log.add(at, post);
    }
  }

  @Test
  void postThatOneHostLacksIsSeen() throws Exception {
    List<String> shorter = log.subList(0, 6);
    assertOnly(check(log, shorter, log), Fault.DIVERGED, "host 2 holds nothing at 7");
    assertOnly(check(log, log, shorter), Fault.DIVERGED, "host 3 holds nothing at 7");
  }

  @Test
  void hostWithAnotherOrderIsSeen() throws Exception {
    List<String> other = new ArrayList<>(log);
    swap(other, 0);
    assertOnly(check(log, other, log), Fault.DIVERGED, "host 2 holds post 0 of bob");
  }

  @Test
  void hostWithTheSamePostsAtOtherIndexesIsSeen() throws Exception {
    HostLog one = hostLog(1, log);
    HostLog other = new HostLog("host 2");
    for (int position = 0; position < log.size(); position++) {
      String post = log.get(position);
      other.add(one.index(position) + position / 6, author(post), PostText.of(number(post)));
    }
    assertOnly(
        check(List.of(one, other)), Fault.DIVERGED, "host 2 holds post 3 of bob (index 71) at 7");
  }

  @Test
  void everyDoubledPostInTheLogIsSeen() throws Exception {
    for (String post : List.copyOf(log)) {
      log.add(post);
      assertNamed(check(), Fault.DOUBLED, "host 1 holds again " + words(post));
      log.remove(log.size() - 1);
    }
  }

  @Test
  void swappedPostsOfOneStreamInTheLogAreSeen() throws Exception {
    swap(log, 1);
    assertNamed(check(), Fault.REORDERED, "host 1 holds post 0 of stream 2 of bob");
  }

  @Test
  void postThatNobodySentIsSeen() throws Exception {
    log.add("ann 3");
    assertNamed(check(), Fault.INVENTED, "never sent: post 3 of ann");
    log.set(7, "zoe 0");
    assertNamed(check(), Fault.INVENTED, "never sent: post 0 of zoe");
  }

  @Test
  void alteredTextInTheLogIsSeen() throws Exception {
    HostLog altered = new HostLog("host 1");
    altered.add(1, "ann", PostText.of(0) + "!");
    Verdict verdict = new HistoryCheck(SHOWN_MAX).check(story::forEach, List.of(altered)).verdict();
    assertThat(verdict.examples()).anyMatch(e -> e.startsWith("invented: host 1 holds what"));
  }

  @Test
  void everySingleDeliveryThatIsMissingIsSeen() throws Exception {
    for (int at = 0; at < story.size(); at++) {
      if (story.get(at) instanceof Delivered missing) {
        story.remove(at);
        assertOnly(check(), Fault.LOST, words(missing.author() + " " + missing.number()));
        story.add(at, missing);
      }
    }
  }

  @Test
  void everySingleDeliveryThatComesAgainIsSeen() throws Exception {
    for (int at = 0; at < story.size(); at++) {
      if (story.get(at) instanceof Delivered doubled) {
        story.add(at + 1, doubled);
        assertOnly(check(), Fault.DOUBLED, "stream " + doubled.stream());
        story.remove(at + 1);
      }
    }
  }

  @Test
  void everyTwoDeliveriesThatChangePlacesAreSeenAlsoOfDifferentAuthors() throws Exception {
    int swaps = 0;
    for (int at = 0; at + 1 < story.size(); at++) {
      if (story.get(at) instanceof Delivered one
          && story.get(at + 1) instanceof Delivered other
          && one.stream() == other.stream()) {
        swap(story, at);
        assertOnly(check(), Fault.REORDERED, "stream " + one.stream());
        swap(story, at);
        swaps++;
      }
    }
    assertThat(swaps).isGreaterThan(8);
  }

  @Test
  void twoFollowersWithDifferentOrdersAreSeenWhicheverIsRight() throws Exception {
    swap(story, story.indexOf(live(4, "ann 0")));
    assertOnly(check(), Fault.REORDERED, "stream 4 of dan at host 3 brought post 0 of ann after");
    swap(log, 0);
    assertOnly(check(), Fault.REORDERED, "stream 3 of cat at host 1 brought post 0 of bob after");
  }

  @Test
  void deliveryOfWhatWasNotFollowedIsSeen() throws Exception {
    insertBefore(new Settled(), live(5, "ann 0"));
    assertOnly(check(), Fault.INVENTED, "stream 5 of eve", "not for it: post 0 of ann");
  }

  @Test
  void deliveryOfWhatNobodySentIsSeen() throws Exception {
    insertBefore(new Settled(), live(3, "ann 3"));
    insertBefore(new Settled(), new Strange(4, "nonsense"));
    Verdict verdict = check().verdict();
    assertThat(verdict.count(Fault.INVENTED)).isEqualTo(2);
    assertThat(verdict.examples()).anyMatch(example -> example.contains("nonsense"));
  }

  @Test
  void deliveryOfWhatIsInNoLogIsSeen() throws Exception {
    story.replaceAll(e -> e instanceof Ended end && end.stream() == 1 ? broken(1, 4) : e);
    insertBefore(new Opened(1, "ann", 1, 0), new Unreachable(1, true));
    insertBefore(new Settled(), live(3, "ann 3"));
    assertOnly(check(), Fault.LOST, "host 1 lacks what stream 3 of cat at host 1 brought");
  }

  @Test
  void historyWithAGapIsSeen() throws Exception {
    replace(old(5, "bob 1"), old(5, "bob 0"));
    assertOnly(check(), Fault.LOST, "stream 5 of eve at host 2 did not bring post 1 of bob");
  }

  @Test
  void historyInAnotherOrderThanTheLogIsSeen() throws Exception {
    swap(story, story.indexOf(old(5, "bob 1")));
    assertNamed(check(), Fault.DOUBLED, "stream 5 of eve");
  }

  @Test
  void historyThatShowsTooLittleIsSeen() throws Exception {
    story.remove(old(5, "bob 1"));
    assertOnly(check(), Fault.LOST, "showed only 1 old posts");
  }

  @Test
  void historyThatShowsTooMuchIsSeen() throws Exception {
    insertBefore(old(5, "bob 1"), old(5, "bob 0"));
    assertOnly(check(), Fault.INVENTED, "showed 3 old posts");
  }

  @Test
  void historyThatLacksWhatSomebodyHadReceivedIsSeen() throws Exception {
    replace(old(5, "bob 1"), old(5, "bob 0"));
    replace(old(5, "bob 2"), old(5, "bob 1"));
    insertBefore(live(5, "bob 3"), live(5, "bob 2"));
    assertOnly(check(), Fault.LOST, "stream 5 of eve at host 2 did not show post 2 of bob");
  }

  @Test
  void gapBetweenHistoryAndLiveIsSeen() throws Exception {
    story.removeIf(e -> e.equals(live(5, "bob 3")));
    assertOnly(check(), Fault.LOST, "stream 5 of eve at host 2 ended without post 3 of bob");
  }

  @Test
  void whoLeavesBeforeTheEndMayMissWhatComesAfter() throws Exception {
    story.removeIf(e -> e.equals(live(4, "bob 3")));
    Event end = new Ended(4, 0, true, "OK");
    story.remove(end);
    insertBefore(new Settled(), end);
    assertThat(check().verdict().isClean()).isTrue();
  }

  @Test
  void postsOfAKilledFrontendMayBeMissingFromTheEndAndAreCounted() throws Exception {
    frontendOfBobIsKilledAfter(6);
    Findings findings = check();
    assertThat(findings.verdict().isClean()).as(findings.toString()).isTrue();
    assertThat(findings.notStored()).isEqualTo(2);
    assertThat(findings.broken()).isEqualTo(2);
  }

  @Test
  void postsOfAKilledFrontendMustNotBeMissingBeforeOthersOfTheirStream() throws Exception {
    frontendOfBobIsKilledAfter(4);
    log.remove("bob 2");
    story.removeIf(e -> e.equals(live(3, "bob 2")) || e.equals(live(4, "bob 2")));
    replace(old(5, "bob 2"), old(5, "bob 1"));
    replace(old(5, "bob 1"), old(5, "bob 0"));
    assertNamed(check(), Fault.LOST, "lacks post 2 of stream 2", "holds later ones");
  }

  @Test
  void postsOfAKilledFrontendMustNotBeDoubled() throws Exception {
    frontendOfBobIsKilledAfter(4);
    log.add("bob 3");
    assertNamed(check(), Fault.DOUBLED, "host 1 holds again post 3 of stream 2");
  }

  @Test
  void streamToALivingFrontendMustNotBreak() throws Exception {
    story.replaceAll(e -> e instanceof Ended end && end.stream() == 2 ? broken(2, 4) : e);
    assertOnly(
        check(), Fault.BROKEN, "stream 2 of bob at host 2 to a living frontend broke: reset");
    insertBefore(new Opened(2, "bob", 2, 0), new Unreachable(2, true));
    insertBefore(new Opened(2, "bob", 2, 0), new Reachable(2));
    insertBefore(broken(2, 4), new Unreachable(1, true));
    assertOnly(
        check(), Fault.BROKEN, "stream 2 of bob at host 2 to a living frontend broke: reset");
  }

  @Test
  void whoseFrontendDiedMustNotBeRefused() throws Exception {
    frontendOfBobIsKilledAfter(4);
    insertBefore(new Settled(), new LoggedIn("bob", 3, "Invalid Username"));
    assertOnly(check(), Fault.BROKEN, "bob was refused by host 3");
  }

  @Test
  void whoComesBackSeesTheirOwnPastAndGoesOnWithTheirNumbers() throws Exception {
    frontendOfBobIsKilledAfter(4);
    insertBefore(new Settled(), new LoggedIn("bob", 3, "Welcome Back bob"));
    insertBefore(new Settled(), new Opened(6, "bob", 3, 4));
    log.add("bob 4");
    for (int reader = 3; reader <= 5; reader++) {
      insertBefore(new Settled(), live(reader, "bob 4"));
    }
    insertBefore(new Settled(), new Ended(6, 1, true, "OK"));
    assertThat(check().verdict().isClean()).as(check().toString()).isTrue();
    log.remove("bob 4");
    assertNamed(check(), Fault.LOST, "host 1 lacks post 4 of stream 6 of bob");
  }

  @Test
  void historyIsTheSameAfterItWasWrittenAndRead() throws Exception {
    frontendOfBobIsKilledAfter(4);
    story.add(new LoggedIn("bob", 3, "Invalid Username"));
    story.add(new Reachable(2));
    story.add(new Passed(1_234));
    story.add(new Delivered(3, "bob", 4, 1L << 40));
    story.add(new Committed(3, 5, 1L << 41));
    story.add(new Listed(3, "bob", 6, 1L << 42));
    story.add(new Moved(3, "to another frontend"));
    story.add(new Strange(3, "several\nlines ü"));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (HistoryWriter writer = new HistoryWriter(file)) {
      story.forEach(writer::note);
    }
    List<Event> read = new ArrayList<>();
    new HistoryReader(() -> new ByteArrayInputStream(file.toByteArray())).tell(read::add);
    story.set(story.size() - 1, new Strange(3, "several / lines ü"));
    assertThat(read).isEqualTo(story);
  }

  private void frontendOfBobIsKilledAfter(int sent) {
    Event end = new Ended(2, 4, true, "OK");
    insertBefore(end, new Unreachable(2, true));
    insertBefore(end, broken(2, sent));
    story.remove(end);
    // eve reads at the same frontend.
    replace(new Ended(5, 0, true, "OK"), broken(5, 0));
  }
}

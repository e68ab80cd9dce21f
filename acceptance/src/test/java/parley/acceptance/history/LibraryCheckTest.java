package parley.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.acceptance.history.Event.Committed;
import parley.acceptance.history.Event.Delivered;
import parley.acceptance.history.Event.Ended;
import parley.acceptance.history.Event.Followed;
import parley.acceptance.history.Event.Listed;
import parley.acceptance.history.Event.Moved;
import parley.acceptance.history.Event.Opened;
import parley.acceptance.history.Event.Reachable;
import parley.acceptance.history.Event.Settled;
import parley.acceptance.history.Event.Unreachable;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.history.Verdict.Fault;

/**
 * The checker has teeth for users of the library, too, whom nothing excuses.
 *
 * <p>In the story that the tests start from, ann and bob use the library, over streams 1 and 2, and
 * both post, watch each other, and read their home timelines in the end; cat (stream 3) reads both
 * as existing clients do. In the middle every frontend dies.
 */
class LibraryCheckTest extends Story {

  private static final List<String> AUTHORS = List.of("ann", "bob");

  @BeforeEach
  void tellWhatIsRight() {
    log.addAll(List.of("ann 0", "bob 0", "ann 1", "ann 2", "bob 1"));
    story.add(new Opened(1, "ann", Opened.ANYWHERE, 0));
    story.add(new Opened(2, "bob", Opened.ANYWHERE, 0));
    story.add(new Followed("ann", "bob"));
    story.add(new Followed("bob", "ann"));
    AUTHORS.forEach(author -> story.add(new Followed("cat", author)));
    story.add(new Opened(3, "cat", 1, 0));
    log.subList(0, 3).forEach(this::tellPost);
    for (int host = 1; host <= 3; host++) {
      story.add(new Unreachable(host, true));
    }
    story.add(new Moved(2, "to another frontend"));
    log.subList(3, 5).forEach(this::tellPost);
    for (int host = 1; host <= 3; host++) {
      story.add(new Reachable(host));
    }
    story.add(new Settled());
    for (int position = log.size() - 1; position >= 0; position--) {
      story.add(listed(log.get(position)));
    }
    story.add(new Ended(1, 3, true, "OK"));
    story.add(new Ended(2, 2, true, "OK"));
    story.add(new Ended(3, 0, true, "OK"));
  }

  private void tellPost(String post) {
    story.add(committed(post));
    story.add(delivered(post));
    story.add(live(3, post));
  }

  private Event committed(String post) {
    return new Committed(writer(post), number(post), index(log.indexOf(post)));
  }

  private Event delivered(String post) {
    return new Delivered(reader(post), author(post), number(post), index(log.indexOf(post)));
  }

  private Event listed(String post) {
    return new Listed(reader(post), author(post), number(post), index(log.indexOf(post)));
  }

  private static int writer(String post) {
    return 1 + AUTHORS.indexOf(author(post));
  }

  private static int reader(String post) {
    return 3 - writer(post);
  }

  @Test
  void rightHistoryIsClean() throws Exception {
    assertClean();
    assertThat(check().deliveries()).isEqualTo(10);
  }

  @Test
  void everyAcknowledgedPostThatNoHostHoldsIsSeen() throws Exception {
    for (String post : List.copyOf(log)) {
      int at = log.indexOf(post);
      log.remove(at);
      assertNamed(check(), Fault.LOST, "lacks " + words(post) + " of stream " + writer(post));
      log.add(at, post);
    }
  }

  @Test
  void acknowledgedPostMustNotBeLostAlsoIfItsStreamBreaks() throws Exception {
    log.remove("bob 1");
    story.remove(live(3, "bob 1"));
    story.replaceAll(e -> e instanceof Ended end && end.stream() == 2 ? broken(2, 2) : e);
    assertNamed(check(), Fault.LOST, "host 1 lacks post 1 of stream 2 of bob", "acknowledged");
  }

  @Test
  void everyPostThatWasNeverAcknowledgedIsSeen() throws Exception {
    for (String post : log) {
      int at = story.indexOf(committed(post));
      Event missing = story.remove(at);
      assertOnly(
          check(),
          Fault.LOST,
          author(post) + " through the library",
          "never acknowledged",
          words(post));
      story.add(at, missing);
    }
  }

  @Test
  void everyPostThatIsAcknowledgedAgainIsSeen() throws Exception {
    for (String post : log) {
      Event doubled = committed(post);
      insertBefore(new Settled(), doubled);
      assertOnly(check(), Fault.DOUBLED, author(post), words(post), "was acknowledged again");
      story.remove(story.lastIndexOf(doubled));
    }
  }

  @Test
  void acknowledgementOfWhatWasNotSentIsSeen() throws Exception {
    insertBefore(new Settled(), new Committed(2, 2, 0));
    assertOnly(
        check(), Fault.INVENTED, "post 2 of stream 2 of bob", "acknowledged, but never sent");
  }

  @Test
  void everyPostThatIsAcknowledgedAtAnotherIndexIsSeenUnlessThatIsUnknown() throws Exception {
    for (String post : log) {
      Event right = committed(post);
      replace(right, new Committed(writer(post), number(post), index(log.indexOf(post)) + 1));
      assertOnly(check(), Fault.REORDERED, words(post), "was told that");
      replace(
          story.get(indexOfAcknowledgement(post)), new Committed(writer(post), number(post), 0));
      assertClean();
      replace(story.get(indexOfAcknowledgement(post)), right);
    }
  }

  private int indexOfAcknowledgement(String post) {
    int at = 0;
    while (!(story.get(at) instanceof Committed e
        && e.stream() == writer(post)
        && e.number() == number(post))) {
      at++;
    }
    return at;
  }

  @Test
  void everyPostThatIsDeliveredOrListedAtAnotherIndexIsSeen() throws Exception {
    for (String post : log) {
      for (long wrong : new long[] {0, index(log.indexOf(post)) - 1}) {
        Event right = delivered(post);
        Event other = new Delivered(reader(post), author(post), number(post), wrong);
        replace(right, other);
        assertOnly(check(), Fault.REORDERED, "was told that " + words(post));
        replace(other, right);
        right = listed(post);
        other = new Listed(reader(post), author(post), number(post), wrong);
        replace(right, other);
        assertOnly(check(), Fault.REORDERED, "was told that " + words(post));
        replace(other, right);
      }
    }
  }

  @Test
  void swappedPostsOfOneOutboxInTheLogAreSeen() throws Exception {
    swap(log, log.indexOf("ann 1"));
    assertNamed(check(), Fault.REORDERED, "host 1 holds post 1 of stream 1 of ann");
  }

  @Test
  void everyPostOfAnOutboxThatIsInTheLogTwiceIsSeen() throws Exception {
    for (String post : List.copyOf(log)) {
      log.add(post);
      assertNamed(check(), Fault.DOUBLED, "host 1 holds again " + words(post));
      log.remove(log.size() - 1);
    }
  }

  @Test
  void everyGapOfASubscriptionIsSeenAlsoAcrossReconnections() throws Exception {
    for (String post : log) {
      int at = story.indexOf(delivered(post));
      Event missing = story.remove(at);
      assertOnly(check(), Fault.LOST, "through the library", words(post));
      story.add(at, missing);
    }
  }

  @Test
  void everyPostThatASubscriptionBringsAgainIsSeenAlsoAfterAReconnection() throws Exception {
    for (String post : log) {
      insertBefore(new Settled(), delivered(post));
      assertOnly(check(), Fault.DOUBLED, "through the library brought again " + words(post));
      story.remove(story.lastIndexOf(delivered(post)));
    }
  }

  @Test
  void subscriptionInAnotherOrderIsSeen() throws Exception {
    story.remove(delivered("ann 1"));
    insertBefore(new Settled(), delivered("ann 1"));
    assertOnly(check(), Fault.REORDERED, "stream 2 of bob", "post 1 of ann after post 2 of ann");
  }

  @Test
  void nothingExcusesAStreamThatBreaks() throws Exception {
    story.remove(new Ended(1, 3, true, "OK"));
    story.removeIf(e -> e instanceof Listed page && page.stream() == 1);
    insertBefore(new Reachable(1), new Ended(1, 3, false, "post 3 failed"));
    Findings findings = check();
    assertOnly(findings, Fault.BROKEN, "stream 1 of ann through the library broke: post 3 failed");
    assertThat(findings.broken()).isZero();
  }

  @Test
  void noPostOfTheLibraryCountsAsOneThatMayBeMissing() throws Exception {
    log.remove("bob 1");
    story.removeIf(e -> e.equals(live(3, "bob 1")) || e instanceof Listed);
    story.removeIf(e -> e instanceof Committed post && post.stream() == 2 && post.number() == 1);
    story.removeIf(e -> e instanceof Delivered post && post.stream() == 1 && post.number() == 1);
    replace(new Ended(2, 2, true, "OK"), new Ended(2, 2, false, "post 1 failed"));
    Findings findings = check();
    assertNamed(findings, Fault.LOST, "post 1 of stream 2 of bob", "was never acknowledged");
    assertThat(findings.notStored()).isZero();
  }

  @Test
  void streamThatDoesNotEndIsSeen() throws Exception {
    story.removeIf(e -> e instanceof Ended end && end.stream() == 2);
    assertOnly(check(), Fault.BROKEN, "stream 2 of bob through the library did not end");
  }

  @Test
  void everyPostThatPagesLackIsSeen() throws Exception {
    for (String post : log) {
      int at = story.indexOf(listed(post));
      Event missing = story.remove(at);
      assertOnly(check(), Fault.LOST, "the pages of stream " + reader(post), words(post));
      story.add(at, missing);
    }
    story.removeIf(e -> e instanceof Listed);
    assertThat(check().verdict().count(Fault.LOST)).isEqualTo(log.size());
  }

  @Test
  void everyPostThatPagesShowAgainIsSeen() throws Exception {
    for (String post : log) {
      int at = story.indexOf(listed(post));
      story.add(at, listed(post));
      assertOnly(check(), Fault.DOUBLED, "the pages of stream " + reader(post), words(post));
      story.remove(at);
    }
  }

  @Test
  void pagesInAnotherOrderAreSeen() throws Exception {
    story.remove(listed("ann 1"));
    story.add(story.indexOf(listed("ann 2")), listed("ann 1"));
    assertOnly(check(), Fault.REORDERED, "the pages of stream 2 of bob", "post 1 of ann after");
  }

  @Test
  void pagesOfWhatWasNotFollowedAreSeen() throws Exception {
    insertBefore(new Ended(1, 3, true, "OK"), new Listed(1, "ann", 0, index(0)));
    assertOnly(check(), Fault.INVENTED, "a page of stream 1 of ann", "not for it: post 0 of ann");
  }

  @Test
  void whoOpensAStreamLaterIsShownWhatWasAcknowledged() throws Exception {
    story.add(story.indexOf(committed("bob 1")) + 1, new Opened(4, "dan", 1, 0));
    insertBefore(new Opened(1, "ann", Opened.ANYWHERE, 0), new Followed("dan", "bob"));
    Event end = new Ended(4, 0, true, "OK");
    story.add(end);
    insertBefore(new Settled(), old(4, "bob 0"));
    assertOnly(check(), Fault.LOST, "stream 4 of dan at host 1", "post 1 of bob");
    insertBefore(new Settled(), old(4, "bob 1"));
    assertClean();
  }

  private void assertClean() throws Exception {
    Findings findings = check();
    assertThat(findings.verdict().isClean())
        .as("%s %s", findings, findings.verdict().examples())
        .isTrue();
  }
}

package parley.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parley.acceptance.history.Event.Delivered;
import parley.acceptance.history.Event.Ended;
import parley.acceptance.history.Event.Shown;
import parley.acceptance.history.HistoryCheck.Findings;
import parley.acceptance.history.Verdict.Fault;

/**
 * What tests of the checker tell and change: a history, and the log that goes with it, whose posts
 * are written as {@code ann 0}.
 */
abstract class Story {

  static final int SHOWN_MAX = 2;

  final List<Event> story = new ArrayList<>();
  final List<String> log = new ArrayList<>();

  static Event broken(int stream, int sent) {
    return new Ended(stream, sent, false, "reset");
  }

  static Event live(int stream, String post) {
    return new Delivered(stream, author(post), number(post));
  }

  static Event old(int stream, String post) {
    return new Shown(stream, author(post), number(post));
  }

  static String author(String post) {
    return post.split(" ")[0];
  }

  static int number(String post) {
    return Integer.parseInt(post.split(" ")[1]);
  }

  static String words(String post) {
    return "post " + number(post);
  }

  final void insertBefore(Event mark, Event event) {
    story.add(story.indexOf(mark), event);
  }

  final void replace(Event event, Event by) {
    story.set(story.indexOf(event), by);
  }

  static <T> void swap(List<T> list, int at) {
    list.add(at + 1, list.remove(at));
  }

  final Findings check() throws IOException {
    return check(log, log, log);
  }

  @SafeVarargs
  final Findings check(List<String>... logs) throws IOException {
    List<HostLog> hosts = new ArrayList<>();
    for (List<String> posts : logs) {
      hosts.add(hostLog(hosts.size() + 1, posts));
    }
    return check(hosts);
  }

  final Findings check(List<HostLog> logs) throws IOException {
    return new HistoryCheck(SHOWN_MAX).check(story::forEach, logs);
  }

  static HostLog hostLog(int host, List<String> posts) {
    HostLog hostLog = new HostLog("host " + host);
    for (int position = 0; position < posts.size(); position++) {
      String post = posts.get(position);
      hostLog.add(index(position), author(post), PostText.of(number(post)));
    }
    return hostLog;
  }

  /** The index of the post that stands at a position of a log, from 0. */
  static long index(int position) {
    return 10L * (position + 1);
  }

  /** This kind of fault and no other, with these words. */
  static void assertOnly(Findings findings, Fault fault, String... words) {
    assertNamed(findings, fault, words);
    for (Fault other : Fault.values()) {
      if (other != fault) {
        assertThat(findings.verdict().count(other)).as("%s: %s", other, findings).isZero();
      }
    }
  }

  static void assertNamed(Findings findings, Fault fault, String... words) {
    Verdict verdict = findings.verdict();
    assertThat(verdict.count(fault)).as("%s: %s", fault, verdict.examples()).isPositive();
    assertThat(verdict.examples())
        .as("examples of %s", fault)
        .anyMatch(e -> Arrays.stream(words).allMatch(e::contains));
  }
}

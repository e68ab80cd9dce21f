package parley.timelineservice.primary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which names are connected at which frontends, as a serving primary knows it: soft state, made
 * anew by each primary from what the frontends tell. A name is held by a frontend, or by several
 * (each counts its own sessions of a name, claims under way among them, and releases it when none
 * is left: a Release that crosses a Claim of the same frontend would free what the claim has just
 * won).
 *
 * <p>A claim is refused only after a holder has confirmed, when asked after the claim arrived, that
 * its client is still there. Holders that deny it, whose line is gone, or that stay silent lose the
 * name. Claims of one name are judged one after the other. Before the expected frontends have said
 * what they hold, no claim is judged; silent ones are waited for only so long.
 *
 * <p>Pure and single-threaded: the replica's loop calls. Time passes by {@link #tick} alone, and a
 * pause of the loop itself is not counted as anyone's silence.
 */
public final class Presence {

  /** Until the expected frontends have said what they hold, at most so long. */
  static final long GATHER_MAX_MS = 1_500;

  /** A holder that has not answered for so long loses the name. */
  static final long SILENT_MAX_MS = 1_000;

  /** No tick counts for more: what is longer was a pause of this process. */
  static final long TICK_MAX_MS = 250;

  static final int PENDING_CLAIMS_MAX = 10_000;

  private final Set<Integer> awaitedHosts;
  private final Map<FrontendLine, Line> lines = new LinkedHashMap<>();
  private final Map<String, Name> names = new LinkedHashMap<>();
  // Names with a question under way, by the question's id, oldest first.
  private final Map<Long, Name> questions = new LinkedHashMap<>();
  // Claims that arrived before judging began, in order of arrival.
  private final Set<PendingClaim> early = new LinkedHashSet<>();
  private boolean judging;
  private long questionIds;
  private long lastTickMs = -1;
  // Milliseconds that have passed by ticks.
  private long nowMs;

  /**
   * Presence of a new primary.
   *
   * @param expectedHosts hosts whose frontends are waited for before a claim is judged
   */
  public Presence(Set<Integer> expectedHosts) {
    awaitedHosts = new TreeSet<>(expectedHosts);
    judging = awaitedHosts.isEmpty();
  }

  /** A frontend has opened a line; it counts once it has said a complete Hello. */
  public void opened(FrontendLine line) {
    lines.put(line, new Line(line));
  }

  /** The line is gone: its frontend's names are free, and its claims are forgotten. */
  public void closed(FrontendLine line) {
    Line gone = lines.remove(line);
    if (gone != null) {
      forget(gone);
    }
  }

  /** Which names a frontend holds; further ones on a line add to what it said before. */
  public void onHello(FrontendLine from, FromFrontend.Hello hello) {
    Line line = lines.get(from);
    if (line == null) {
      return;
    }
    line.said.addAll(hello.names());
    if (!hello.complete()) {
      return;
    }
    line.said.forEach(name -> hold(line, name(name)));
    line.said.clear();
    if (!line.complete) {
      line.complete = true;
      line.host = hello.host();
      replaceOlderLines(line);
      awaitedHosts.remove(line.host);
      maybeBeginJudging();
    }
  }

  /** Answered by Claimed, now or later, unless the line goes away first. */
  public void onClaim(FrontendLine from, FromFrontend.Claim message) {
    Line line = speaking(from, "Claim");
    if (line == null) {
      return;
    }
    if (line.claims.size() >= PENDING_CLAIMS_MAX) {
      drop(line, "The line was closed: more than " + PENDING_CLAIMS_MAX + " claims at a time");
      return;
    }
    Name name = name(message.name());
    if (message.join()) {
      hold(line, name);
      line.to.send(new ToFrontend.Claimed(message.id(), true));
      return;
    }
    PendingClaim claim = new PendingClaim(line, message.id(), name);
    line.claims.add(claim);
    name.waiting.add(claim);
    if (judging) {
      judge(name);
    } else {
      early.add(claim);
    }
  }

  /** The frontend's last session of the name has ended; answered by Released at once. */
  public void onRelease(FrontendLine from, FromFrontend.Release message) {
    Line line = speaking(from, "Release");
    if (line == null) {
      return;
    }
    line.to.send(new ToFrontend.Released(message.id()));
    Name name = names.get(message.name());
    if (name != null) {
      free(line, name);
    }
  }

  /** The answer to an IsHeld; one that comes too late is ignored. */
  public void onHeld(FrontendLine from, FromFrontend.Held message) {
    Line line = speaking(from, "Held");
    Name name = questions.get(message.id());
    if (line == null || name == null || !name.asked.containsKey(line)) {
      return;
    }
    if (message.held()) {
      endQuestion(name);
      settle(name, name.waiting.remove(), false);
    } else {
      free(line, name);
    }
  }

  /** Lets time pass: to be called at least every {@value #TICK_MAX_MS} ms of a monotonic clock. */
  public void tick(long monotonicMs) {
    if (lastTickMs >= 0) {
      nowMs += Math.max(0, Math.min(monotonicMs - lastTickMs, TICK_MAX_MS));
    }
    lastTickMs = monotonicMs;
    maybeBeginJudging();
    for (Name name : List.copyOf(questions.values())) {
      for (Line silent : name.silentSince(nowMs - SILENT_MAX_MS)) {
        free(silent, name);
      }
    }
  }

  /** How many names are held, each counted once per frontend that holds it. */
  public long sessions() {
    return lines.values().stream().mapToLong(line -> line.held.size()).sum();
  }

  private void maybeBeginJudging() {
    if (!judging && (awaitedHosts.isEmpty() || nowMs >= GATHER_MAX_MS)) {
      judging = true;
      List<PendingClaim> claims = List.copyOf(early);
      early.clear();
      claims.forEach(claim -> judge(claim.name));
    }
  }

  /** Only the newest line of a frontend's host speaks for it: an older one is a relic. */
  private void replaceOlderLines(Line newest) {
    for (Line older : List.copyOf(lines.values())) {
      if (older != newest && older.complete && older.host == newest.host) {
        for (Name name : List.copyOf(questions.values())) {
          if (name.asked.containsKey(older) && newest.held.contains(name)) {
            ask(name, newest);
          }
        }
        drop(older, "The frontend of host " + newest.host + " has opened another line");
      }
    }
  }

  private void drop(Line line, String why) {
    lines.remove(line.to);
    line.to.close(why);
    forget(line);
  }

  private void forget(Line gone) {
    Set<Name> orphaned = new LinkedHashSet<>();
    for (PendingClaim claim : gone.claims) {
      boolean underJudgement = claim.name.question != 0 && claim.name.waiting.peek() == claim;
      if (underJudgement) {
        endQuestion(claim.name);
      }
      claim.name.waiting.remove(claim);
      early.remove(claim);
      orphaned.add(claim.name);
    }
    gone.claims.clear();
    for (Name name : List.copyOf(gone.held)) {
      free(gone, name);
    }
    orphaned.forEach(this::judge);
  }

  /** Judges the first claim that waits for the name, unless one is being judged already. */
  private void judge(Name name) {
    if (!judging || name.question != 0) {
      return;
    }
    if (name.waiting.isEmpty()) {
      forgetIfUnused(name);
    } else if (name.holders.isEmpty()) {
      settle(name, name.waiting.remove(), true);
    } else {
      name.question = ++questionIds;
      questions.put(name.question, name);
      for (Line holder : List.copyOf(name.holders)) {
        ask(name, holder);
      }
    }
  }

  private void ask(Name name, Line holder) {
    name.asked.put(holder, nowMs);
    holder.to.send(new ToFrontend.IsHeld(name.question, name.text));
  }

  /** Answers the claim, and turns to the next one for this name. */
  private void settle(Name name, PendingClaim claim, boolean granted) {
    claim.line.claims.remove(claim);
    if (granted) {
      hold(claim.line, name);
    }
    claim.line.to.send(new ToFrontend.Claimed(claim.id, granted));
    judge(name);
  }

  private void hold(Line line, Name name) {
    name.holders.add(line);
    line.held.add(name);
  }

  /** The line no longer holds the name, which may decide a question. */
  private void free(Line line, Name name) {
    name.holders.remove(line);
    line.held.remove(name);
    if (name.asked.remove(line) != null && name.asked.isEmpty()) {
      endQuestion(name);
      settle(name, name.waiting.remove(), true);
    }
    forgetIfUnused(name);
  }

  private void endQuestion(Name name) {
    questions.remove(name.question);
    name.question = 0;
    name.asked.clear();
  }

  private Name name(String text) {
    return names.computeIfAbsent(text, Name::new);
  }

  private void forgetIfUnused(Name name) {
    if (name.holders.isEmpty() && name.waiting.isEmpty()) {
      names.remove(name.text, name);
    }
  }

  /** The line if it may say this; one that has not introduced itself is closed. */
  private Line speaking(FrontendLine from, String what) {
    Line line = lines.get(from);
    if (line != null && !line.complete) {
      drop(line, "The line was closed: it said " + what + " before a complete Hello");
      return null;
    }
    return line;
  }

  /** Invariant: {@code held.contains(n) == n.holders.contains(this)}. */
  private static final class Line {
    final FrontendLine to;
    final Set<Name> held = new LinkedHashSet<>();
    final Set<PendingClaim> claims = new LinkedHashSet<>();
    // Names of Hellos that were not complete yet.
    final List<String> said = new ArrayList<>();
    int host;
    boolean complete;

    Line(FrontendLine to) {
      this.to = to;
    }
  }

  /** Invariant: {@code (question != 0) == !asked.isEmpty()}, about the first claim that waits. */
  private static final class Name {
    final String text;
    final Set<Line> holders = new LinkedHashSet<>();
    final ArrayDeque<PendingClaim> waiting = new ArrayDeque<>();
    // Holders that have yet to answer, with the time at which they were asked.
    final Map<Line, Long> asked = new LinkedHashMap<>();
    long question;

    Name(String text) {
      this.text = text;
    }

    List<Line> silentSince(long sinceMs) {
      List<Line> silent = new ArrayList<>();
      asked.forEach(
          (line, askedMs) -> {
            if (askedMs <= sinceMs) {
              silent.add(line);
            }
          });
      return silent;
    }
  }

  private static final class PendingClaim {
    final Line line;
    final long id;
    final Name name;

    PendingClaim(Line line, long id, Name name) {
      this.line = line;
      this.id = id;
      this.name = name;
    }
  }
}

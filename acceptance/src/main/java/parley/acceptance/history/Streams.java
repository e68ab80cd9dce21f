package parley.acceptance.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a history says of its streams: who posted how much over each, and how it ended. Judges the
 * ends themselves: no stream to a living frontend breaks, and nobody is refused because of a
 * session that died.
 */
final class Streams implements Consumer<Event> {

  private static final String REFUSED = "Invalid Username";

  private final Verdict verdict;
  private final Map<Integer, Stream> byId = new HashMap<>();
  // By author, then by the number of a stream's first post. Only the last of those with the same
  // first one has posts.
  private final Map<String, NavigableMap<Integer, Stream>> byAuthor = new HashMap<>();
  private final Map<String, Set<String>> followees = new HashMap<>();
  private final Map<String, Stream> newest = new HashMap<>();
  private final Set<Integer> unreachable = new HashSet<>();
  private final Set<Integer> dead = new HashSet<>();
  private final List<Stream> open = new ArrayList<>();
  private long refusals;

  Streams(Verdict verdict) {
    this.verdict = verdict;
  }

  /** One stream. */
  static final class Stream {

    final int id;
    final String user;
    final int host;
    final int first;
    private int sent = Integer.MAX_VALUE;
    private boolean ok;
    private boolean ended;
    private boolean excused;
    private boolean frontendDied;

    private Stream(Event.Opened opening) {
      this.id = opening.stream();
      this.user = opening.user();
      this.host = opening.host();
      this.first = opening.first();
    }

    /** How many posts were sent over it, as far as is known. */
    int sent() {
      return ended ? sent : Integer.MAX_VALUE;
    }

    /** Whether the server has said that all of its posts are safe. */
    boolean isAcknowledged() {
      return ok;
    }

    boolean hasEnded() {
      return ended;
    }

    boolean holds(int number) {
      return number >= first && number - first < sent();
    }

    @Override
    public String toString() {
      return "stream " + id + " of " + user + " at host " + host;
    }
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Opened opening) {
      onOpened(opening);
    } else if (event instanceof Event.Ended end) {
      onEnded(end);
    } else if (event instanceof Event.Unreachable from) {
      onUnreachable(from);
    } else if (event instanceof Event.Reachable again) {
      unreachable.remove(again.host());
      dead.remove(again.host());
    } else if (event instanceof Event.Followed follow) {
      followees.computeIfAbsent(follow.follower(), user -> new HashSet<>()).add(follow.followee());
    } else if (event instanceof Event.LoggedIn login) {
      onLoggedIn(login);
    }
  }

  private void onOpened(Event.Opened opening) {
    Stream stream = new Stream(opening);
    stream.excused = unreachable.contains(stream.host);
    stream.frontendDied = dead.contains(stream.host);
    byId.put(stream.id, stream);
    byAuthor.computeIfAbsent(stream.user, user -> new TreeMap<>()).put(stream.first, stream);
    newest.put(stream.user, stream);
    open.add(stream);
  }

  private void onEnded(Event.Ended end) {
    Stream stream = byId.get(end.stream());
    stream.ended = true;
    stream.sent = end.sent();
    stream.ok = end.ok();
    open.remove(stream);
    if (!stream.ok && !stream.excused) {
      verdict.add(Verdict.Fault.BROKEN, stream + " to a living frontend broke: " + end.how());
    }
  }

  private void onUnreachable(Event.Unreachable from) {
    unreachable.add(from.host());
    if (from.dies()) {
      dead.add(from.host());
    }
    for (Stream stream : open) {
      if (stream.host == from.host()) {
        stream.excused = true;
        stream.frontendDied |= from.dies();
      }
    }
  }

  private void onLoggedIn(Event.LoggedIn login) {
    if (!login.answer().equals(REFUSED)) {
      return;
    }
    refusals++;
    Stream last = newest.get(login.user());
    if (last == null || last.ok || last.frontendDied) {
      verdict.add(
          Verdict.Fault.BROKEN,
          login.user()
              + " was refused by host "
              + login.host()
              + " though "
              + (last == null ? "never connected" : last + " had ended"));
    }
  }

  /** All streams in the order of their numbers. */
  List<Stream> all() {
    return byId.values().stream().sorted((a, b) -> Integer.compare(a.id, b.id)).toList();
  }

  Stream stream(int id) {
    return byId.get(id);
  }

  /** The stream over which an author sent a post; null if they sent no such post. */
  Stream of(String author, int number) {
    Map.Entry<Integer, Stream> entry =
        byAuthor.getOrDefault(author, Collections.emptyNavigableMap()).floorEntry(number);
    return entry != null && entry.getValue().holds(number) ? entry.getValue() : null;
  }

  Set<String> followees(String user) {
    return followees.getOrDefault(user, Set.of());
  }

  /** How often a Login was answered with a refusal. */
  long refusals() {
    return refusals;
  }
}

package parley.acceptance.history;

import java.util.ArrayList;
import java.util.BitSet;
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
 * ends themselves: no stream to a living frontend breaks, and none of the library at all, whose
 * posts have all been acknowledged, each once; and nobody is refused because of a session that
 * died.
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
    // By place in this stream: what was acknowledged one by one.
    private final BitSet committed = new BitSet();
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

    /** Whether one of its posts is known to be safe; {@code place} counts from 0. */
    boolean isAcknowledged(int place) {
      return ok || committed.get(place);
    }

    /** How many posts there are up to the last one that is known to be safe. */
    int acknowledged() {
      return ok ? sent : committed.length();
    }

    boolean isOfLibrary() {
      return host == Event.Opened.ANYWHERE;
    }

    /**
     * Whether it broke with the way to its frontend, so that posts which only that held may be
     * missing. No post of the library may.
     */
    boolean isBroken() {
      return ended && !ok && !isOfLibrary();
    }

    boolean holds(int number) {
      return number >= first && number - first < sent();
    }

    @Override
    public String toString() {
      String where = isOfLibrary() ? " through the library" : " at host " + host;
      return "stream " + id + " of " + user + where;
    }
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Opened opening) {
      onOpened(opening);
    } else if (event instanceof Event.Committed post) {
      onCommitted(post);
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
      String what = stream.isOfLibrary() ? " broke: " : " to a living frontend broke: ";
      verdict.add(Verdict.Fault.BROKEN, stream + what + end.how());
    }
    if (stream.isOfLibrary()) {
      checkAcknowledgements(stream);
    }
  }

  private void onCommitted(Event.Committed post) {
    Stream stream = byId.get(post.stream());
    int place = post.number() - stream.first;
    if (stream.committed.get(place)) {
      verdict.add(
          Verdict.Fault.DOUBLED,
          "post " + post.number() + " of " + stream + " was acknowledged again");
    }
    stream.committed.set(place);
  }

  private void checkAcknowledgements(Stream stream) {
    for (int place = stream.committed.nextClearBit(0);
        place < stream.sent;
        place = stream.committed.nextClearBit(place + 1)) {
      verdict.add(
          Verdict.Fault.LOST,
          "post " + (stream.first + place) + " of " + stream + " was never acknowledged");
    }
    if (stream.committed.length() > stream.sent) {
      verdict.add(
          Verdict.Fault.INVENTED,
          "post "
              + (stream.first + stream.committed.length() - 1)
              + " of "
              + stream
              + " was acknowledged, but never sent");
    }
  }

  /** Judges the streams of the library that are still open: they should have ended. */
  void end() {
    for (Stream stream : open) {
      if (stream.isOfLibrary()) {
        verdict.add(Verdict.Fault.BROKEN, stream + " did not end");
      }
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

package parley.frontend.fake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.proto.store.AuthorSince;
import parley.proto.store.Entry;
import parley.proto.store.Follow;
import parley.proto.store.HistoryRequest;
import parley.proto.store.IndexedPost;
import parley.proto.store.Outcome;
import parley.proto.store.Post;
import parley.proto.store.Register;
import parley.proto.store.Unfollow;

/** The timeline of one honest replica that never fails: commands by the documented rules. */
final class FakeLog {
  private final List<Entry> events = new ArrayList<>();
  private final Map<String, Map<String, Long>> users = new LinkedHashMap<>();
  private final Map<Long, List<Outcome>> results = new HashMap<>();
  private final Map<Integer, Long> currentByHost = new HashMap<>();
  private final Map<Long, Integer> hosts = new HashMap<>();
  private final Map<Writer, Long> writers = new HashMap<>();

  private record Writer(String author, long id) {}

  /** The host's current incarnation after the attempt (R11). */
  long register(long client, Register register) {
    long current = currentByHost.getOrDefault(register.getHost(), 0L);
    boolean superseded = hosts.containsKey(client) && current != client;
    if (current == register.getReplaces() && !superseded) {
      currentByHost.put(register.getHost(), client);
      hosts.put(client, register.getHost());
      results.putIfAbsent(client, new ArrayList<>());
    }
    return currentByHost.getOrDefault(register.getHost(), 0L);
  }

  boolean isKnown(long client) {
    return hosts.containsKey(client) && currentByHost.get(hosts.get(client)) == client;
  }

  long last(long client) {
    return results.get(client).size();
  }

  /** Exactly once, in order: a double returns its stored result (R12). */
  Outcome apply(Entry entry) {
    List<Outcome> done = results.get(entry.getClient());
    if (entry.getNumber() <= done.size()) {
      return done.get((int) entry.getNumber() - 1);
    }
    if (entry.getNumber() != done.size() + 1) {
      throw new AssertionError("void: " + entry.getNumber() + " after " + done.size());
    }
    Outcome outcome = effect(entry);
    done.add(outcome);
    if (outcome == Outcome.DONE) {
      events.add(entry);
    }
    return outcome;
  }

  /** As if so many others had posted since that no writer is remembered. */
  void forgetWriters() {
    writers.clear();
  }

  long index() {
    return events.size();
  }

  Entry event(long index) {
    return events.get((int) index - 1);
  }

  List<String> users() {
    return List.copyOf(users.keySet());
  }

  Map<String, Long> followees(String user) {
    return users.get(user);
  }

  List<IndexedPost> history(HistoryRequest request) {
    Map<String, Long> since = new HashMap<>();
    for (AuthorSince author : request.getAuthorsList()) {
      since.put(author.getAuthor(), author.getSinceIndex());
    }
    List<IndexedPost> newest = new ArrayList<>();
    for (long i = request.getUpToIndex(); i > 0 && newest.size() < request.getLimit(); i--) {
      Entry entry = event(i);
      if (entry.hasPost() && i > since.getOrDefault(entry.getPost().getAuthor(), Long.MAX_VALUE)) {
        newest.add(0, IndexedPost.newBuilder().setIndex(i).setPost(entry.getPost()).build());
      }
    }
    return newest;
  }

  private Outcome effect(Entry entry) {
    return switch (entry.getCommandCase()) {
      case CREATE_USER ->
          users.putIfAbsent(entry.getCreateUser().getName(), new LinkedHashMap<>()) == null
              ? Outcome.DONE
              : Outcome.USER_EXISTS;
      case FOLLOW -> follow(entry.getFollow());
      case UNFOLLOW -> unfollow(entry.getUnfollow());
      case POST -> post(entry.getPost());
      default -> throw new AssertionError("not a numbered command: " + entry);
    };
  }

  private Outcome post(Post post) {
    if (!users.containsKey(post.getAuthor())) {
      return Outcome.INVALID_USER;
    }
    if (post.getWriter() == 0) {
      return Outcome.DONE;
    }
    Writer writer = new Writer(post.getAuthor(), post.getWriter());
    long last = writers.getOrDefault(writer, 0L);
    if (post.getSequence() == last + 1) {
      writers.put(writer, post.getSequence());
      return Outcome.DONE;
    }
    return post.getSequence() >= 1 && post.getSequence() <= last
        ? Outcome.ALREADY_POSTED
        : Outcome.OUT_OF_SEQUENCE;
  }

  private Outcome follow(Follow follow) {
    if (invalid(follow.getFollower(), follow.getFollowee())) {
      return Outcome.INVALID_USER;
    }
    return users.get(follow.getFollower()).putIfAbsent(follow.getFollowee(), index() + 1) == null
        ? Outcome.DONE
        : Outcome.ALREADY_FOLLOWING;
  }

  private Outcome unfollow(Unfollow unfollow) {
    if (invalid(unfollow.getFollower(), unfollow.getFollowee())) {
      return Outcome.INVALID_USER;
    }
    return users.get(unfollow.getFollower()).remove(unfollow.getFollowee()) == null
        ? Outcome.NOT_FOLLOWING
        : Outcome.DONE;
  }

  private boolean invalid(String one, String other) {
    return one.equals(other) || !users.containsKey(one) || !users.containsKey(other);
  }
}

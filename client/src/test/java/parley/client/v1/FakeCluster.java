package parley.client.v1;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ResourceInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import parley.proto.v1.Post;

/**
 * What all servers of a made-up cluster know in common: users, who follows whom, and posts, kept as
 * strictly as parley.v1 says. Refuses with the status and details of the real one. Thread-safe.
 */
public final class FakeCluster {

  private static final int TEXT_BYTES_MAX = 4_096;

  private static final int NAME_BYTES_MAX = 64;
  // An author's posts whose places are still found when they are sent again.
  private static final int FOUND_AGAIN = 1_000;
  // Indexes grow by more than one: what lies between two posts says nothing.
  private static final int STEP = 3;

  private record WriterKey(String author, String writer) {}

  /**
   * @param ordinal how many posts of the author there were then, this one included
   */
  private record Place(long index, int ordinal) {}

  private final Map<String, Map<String, Long>> followedSince = new LinkedHashMap<>();
  private final NavigableMap<Long, Post> posts = new TreeMap<>();
  private final Map<String, Integer> postsOf = new HashMap<>();
  private final Map<WriterKey, List<Place>> places = new HashMap<>();
  private final Collection<Runnable> changeListeners = new CopyOnWriteArrayList<>();
  private long lastIndex;

  /** Makes users known, as a test needs them. */
  public synchronized void addUsers(String... names) {
    for (String name : names) {
      createUser(name);
    }
  }

  /** The texts of one user's posts, oldest first. */
  public synchronized List<String> texts(String author) {
    return posts.values().stream()
        .filter(post -> post.getAuthor().equals(author))
        .map(Post::getText)
        .toList();
  }

  /** Forgets all writers and request ids, as the real one does when too many others have posted. */
  public synchronized void forgetWriters() {
    places.clear();
  }

  /** Posts a text as somebody else's program would. */
  public synchronized long post(String author, String text) {
    return post(
        author,
        "program " + (lastIndex + STEP),
        1,
        text,
        Optional.of(Timestamp.getDefaultInstance()));
  }

  synchronized void createUser(String name) {
    checkName("name", name);
    if (followedSince.containsKey(name)) {
      throw ofUser(Code.ALREADY_EXISTS, "there is a user named '" + name + "'", name);
    }
    followedSince.put(name, new LinkedHashMap<>());
    lastIndex += STEP;
  }

  synchronized void checkUser(String field, String name) {
    checkName(field, name);
    if (!followedSince.containsKey(name)) {
      throw ofUser(Code.NOT_FOUND, "there is no user named '" + name + "'", name);
    }
  }

  public synchronized boolean follow(String follower, String followee) {
    checkUser("follower", follower);
    checkUser("followee", followee);
    if (follower.equals(followee)) {
      throw invalid("followee", "nobody follows themselves");
    }
    lastIndex += STEP;
    return followedSince.get(follower).putIfAbsent(followee, lastIndex) == null;
  }

  public synchronized boolean unfollow(String follower, String followee) {
    checkUser("follower", follower);
    checkUser("followee", followee);
    lastIndex += STEP;
    return followedSince.get(follower).remove(followee) != null;
  }

  public synchronized List<String> users() {
    return List.copyOf(followedSince.keySet());
  }

  public synchronized List<String> followees(String user) {
    checkUser("user", user);
    return List.copyOf(followedSince.get(user).keySet());
  }

  synchronized List<String> followers(String user) {
    checkUser("user", user);
    return followedSince.entrySet().stream()
        .filter(entry -> entry.getValue().containsKey(user))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Posts what a writer has numbered, once only.
   *
   * @return its index, also if it had been posted before; 0 if it is too old to be found
   */
  synchronized long post(
      String author, String writer, long sequence, String text, Optional<Timestamp> time) {
    checkUser("author", author);
    checkText(text);
    List<Place> known =
        places.computeIfAbsent(new WriterKey(author, writer), k -> new ArrayList<>());
    if (sequence <= known.size()) {
      Place place = known.get((int) sequence - 1);
      return place.ordinal() <= postsOf.get(author) - FOUND_AGAIN ? 0 : place.index();
    }
    if (sequence > known.size() + 1) {
      throw status(
          Code.FAILED_PRECONDITION,
          "sequence number %d is not the writer's next one".formatted(sequence));
    }
    lastIndex += STEP;
    known.add(new Place(lastIndex, postsOf.merge(author, 1, Integer::sum)));
    Post.Builder post = Post.newBuilder().setAuthor(author).setText(text).setIndex(lastIndex);
    time.ifPresent(post::setAuthorTime);
    posts.put(lastIndex, post.build());
    changeListeners.forEach(Runnable::run);
    return lastIndex;
  }

  /** One user's posts, newest first. */
  synchronized List<Post> postsOf(String author) {
    checkUser("author", author);
    return newestFirst(post -> post.getAuthor().equals(author));
  }

  /** A home timeline, newest first. */
  synchronized List<Post> homeTimeline(String user) {
    checkUser("user", user);
    return newestFirst(post -> isShown(user, post));
  }

  /** The first post of a home timeline behind a place. */
  synchronized Optional<Post> nextPost(String user, long behind) {
    return posts.tailMap(behind, false).values().stream()
        .filter(post -> isShown(user, post))
        .findFirst();
  }

  synchronized long lastIndex() {
    return lastIndex;
  }

  /** To be run whenever something was posted; must not block. */
  void onPost(Runnable listener) {
    changeListeners.add(listener);
  }

  static StatusRuntimeException invalid(String field, String why) {
    return status(
        Code.INVALID_ARGUMENT,
        why,
        BadRequest.newBuilder()
            .addFieldViolations(
                BadRequest.FieldViolation.newBuilder().setField(field).setDescription(why))
            .build());
  }

  private static void checkText(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
      throw invalid("post.text", "the post.text is longer than " + TEXT_BYTES_MAX + " bytes");
    }
  }

  private static void checkName(String field, String name) {
    if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES_MAX) {
      throw invalid(field, "the " + field + " is not from 1 to " + NAME_BYTES_MAX + " bytes long");
    }
  }

  private boolean isShown(String user, Post post) {
    Long since = followedSince.get(user).get(post.getAuthor());
    return since != null && post.getIndex() > since;
  }

  private List<Post> newestFirst(Predicate<Post> wanted) {
    return posts.descendingMap().values().stream().filter(wanted).toList();
  }

  private static StatusRuntimeException ofUser(Code code, String text, String name) {
    return status(code, text, ResourceInfo.newBuilder().setResourceName(name).build());
  }

  private static StatusRuntimeException status(Code code, String text, Message... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.getNumber()).setMessage(text);
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return StatusProto.toStatusRuntimeException(status.build());
  }
}

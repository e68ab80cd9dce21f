package parley.acceptance.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import parley.acceptance.lab.Hosts.StoredPost;
import parley.proto.hw2.Message;

/**
 * What three hosts would agree on, in one place: users, follows, posts, and who is listening. Any
 * thread may call.
 */
public final class FakeTimeline {

  private static final int NEWEST_MAX = 20;

  /** May spoil what a reader is sent. */
  public interface Sabotage {
    /** What to send to a reader instead of a live post. */
    List<byte[]> deliver(String reader, byte[] post);

    /** What to tell a user of the library of their post. */
    default CompletableFuture<Long> acknowledge(String author, long index) {
      return CompletableFuture.completedFuture(index);
    }
  }

  private final Sabotage sabotage;
  private final Map<String, Set<String>> followers = new LinkedHashMap<>();
  private final Set<String> connected = new HashSet<>();
  private final Map<String, StreamObserver<byte[]>> listening = new LinkedHashMap<>();
  private final List<StoredPost> posts = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();
  private final Map<Message, Long> indexes = new HashMap<>();

  public FakeTimeline(Sabotage sabotage) {
    this.sabotage = sabotage;
  }

  synchronized String login(String user) {
    if (!connected.add(user)) {
      return "Invalid Username";
    }
    return followers.putIfAbsent(user, new HashSet<>()) == null
        ? "Login Successful!"
        : "Welcome Back " + user;
  }

  synchronized String join(String user, String other) {
    if (user.equals(other) || !followers.containsKey(other)) {
      return "Join Failed -- Invalid Username";
    }
    return followers.get(other).add(user)
        ? "Join Successful"
        : "Join Failed -- Already Following User";
  }

  synchronized void listen(String user, StreamObserver<byte[]> reader) {
    listening.put(user, reader);
    List<byte[]> newest = new ArrayList<>();
    for (int i = posts.size() - 1; i >= 0 && newest.size() < NEWEST_MAX; i--) {
      if (followers.get(posts.get(i).author()).contains(user)) {
        newest.add(0, oldPost(messages.get(i)));
      }
    }
    newest.forEach(reader::onNext);
  }

  private static byte[] oldPost(byte[] message) {
    Message post = parse(message);
    return Message.newBuilder()
        .setMsg(
            Instant.ofEpochSecond(post.getTimestamp().getSeconds())
                + " :: "
                + post.getUsername()
                + ":"
                + post.getMsg())
        .build()
        .toByteArray();
  }

  synchronized boolean create(String user) {
    return followers.putIfAbsent(user, new HashSet<>()) == null;
  }

  synchronized boolean follow(String user, String other) {
    return followers.get(other).add(user);
  }

  /** How many posts there are, to go on behind them. */
  synchronized int end() {
    return posts.size();
  }

  /** Sends everything that is for a reader behind so many posts, and what comes from now on. */
  synchronized void watch(String user, int behind, StreamObserver<byte[]> reader) {
    for (int i = behind; i < posts.size(); i++) {
      if (followers.get(posts.get(i).author()).contains(user)) {
        sabotage.deliver(user, messages.get(i)).forEach(reader::onNext);
      }
    }
    listening.put(user, reader);
  }

  /** The newest of the first posts that are for a reader, newest first. */
  synchronized List<Message> newest(String user, int first, int max) {
    List<Message> newest = new ArrayList<>();
    for (int i = first - 1; i >= 0 && newest.size() < max; i--) {
      if (followers.get(posts.get(i).author()).contains(user)) {
        newest.add(parse(messages.get(i)));
      }
    }
    return newest;
  }

  /** The newest posts of an author, newest first. */
  synchronized List<Message> newestOf(String author, int max) {
    List<Message> newest = new ArrayList<>();
    for (int i = posts.size() - 1; i >= 0 && newest.size() < max; i--) {
      if (posts.get(i).author().equals(author)) {
        newest.add(parse(messages.get(i)));
      }
    }
    return newest;
  }

  /** Where a post stands; 0 if it was not posted like that. */
  synchronized long index(Message post) {
    return indexes.getOrDefault(post, 0L);
  }

  /** Posts for a user of the library; answers what they are told. */
  synchronized CompletableFuture<Long> postAndAcknowledge(Message post) {
    post(post.toByteArray());
    return sabotage.acknowledge(post.getUsername(), index(post));
  }

  synchronized void post(byte[] message) {
    Message post = parse(message);
    long index = posts.size() + 1;
    posts.add(new StoredPost(index, post.getUsername(), post.getMsg()));
    messages.add(message);
    indexes.put(post, index);
    for (String follower : followers.get(post.getUsername())) {
      StreamObserver<byte[]> reader = listening.get(follower);
      if (reader != null) {
        sabotage.deliver(follower, message).forEach(reader::onNext);
      }
    }
  }

  synchronized void leave(String user, StreamObserver<byte[]> reader) {
    disconnect(user, reader);
    reader.onCompleted();
  }

  synchronized void disconnect(String user, StreamObserver<byte[]> reader) {
    if (listening.remove(user, reader)) {
      connected.remove(user);
    }
  }

  synchronized void disconnectAll() {
    listening.clear();
    connected.clear();
  }

  synchronized List<StoredPost> posts() {
    return List.copyOf(posts);
  }

  /** Reads a message that was well-formed when it was sent. */
  public static Message parse(byte[] message) {
    try {
      return Message.parseFrom(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException(e);
    }
  }
}

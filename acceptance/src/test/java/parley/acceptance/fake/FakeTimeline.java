package parley.acceptance.fake;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  }

  private final Sabotage sabotage;
  private final Map<String, Set<String>> followers = new LinkedHashMap<>();
  private final Set<String> connected = new HashSet<>();
  private final Map<String, StreamObserver<byte[]>> listening = new LinkedHashMap<>();
  private final List<StoredPost> posts = new ArrayList<>();
  private final List<byte[]> messages = new ArrayList<>();

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

  synchronized void post(byte[] message) {
    Message post = parse(message);
    posts.add(new StoredPost(post.getUsername(), post.getMsg()));
    messages.add(message);
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

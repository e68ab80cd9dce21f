package parley.client.v1;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import parley.client.ServerAddress;

/**
 * Speaks {@code parley.v1} with a cluster, through one frontend at a time.
 *
 * <p>Whatever breaks, calls are tried again, through another frontend too, until they succeed, are
 * refused, or their time is over; posts wait in an {@link Outbox}; a {@link Subscription} goes on
 * where it was. A frontend that is gone is noticed when its connection breaks, one that is cut off
 * or hangs within three seconds.
 *
 * <p>Thread-safe. No method but {@link #await} and {@link Outbox#post} blocks. Futures complete on
 * the client's own thread: do not block there.
 */
public interface ParleyClient extends AutoCloseable {

  /**
   * A client of the frontends that a target names. Connects in the background: that nothing can be
   * reached shows when something is called.
   *
   * @param target a list such as {@code 10.0.0.1:3055,10.0.0.2:3055} (the port may be left out), or
   *     ZooKeeper's servers, such as {@code
   *     zk://10.0.0.1:2181,10.0.0.2:2181/parley/services/frontend}, or anything else that gRPC
   *     resolves
   * @throws IllegalArgumentException saying what is wrong with the target
   */
  static ParleyClient connect(String target, ClientOptions options) {
    return GrpcParleyClient.connect(target, options);
  }

  /** As {@link #connect(String, ClientOptions)}, with {@link ClientOptions#DEFAULT}. */
  static ParleyClient connect(String target) {
    return connect(target, ClientOptions.DEFAULT);
  }

  /**
   * Makes a user known; false if there was one of that name already, be it by an earlier attempt of
   * this call.
   */
  CompletableFuture<Boolean> createUser(String name);

  /** Whether there is a user of that name. */
  CompletableFuture<Boolean> userExists(String name);

  /** All users in order of creation. */
  CompletableFuture<Page<String>> users(PageRequest page);

  /**
   * From now on the follower's home timeline shows what the followee posts; false if it did so
   * before, be it by an earlier attempt of this call.
   */
  CompletableFuture<Boolean> follow(String follower, String followee);

  /**
   * The followee's posts leave the follower's home timeline; false if they had left before, be it
   * by an earlier attempt of this call.
   */
  CompletableFuture<Boolean> unfollow(String follower, String followee);

  /** Whom a user follows, in the order in which they were followed. */
  CompletableFuture<Page<String>> followees(String user, PageRequest page);

  /** Who follows a user, in order of creation. */
  CompletableFuture<Page<String>> followers(String user, PageRequest page);

  /** The posts of one user, newest first. */
  CompletableFuture<Page<Post>> posts(String author, PageRequest page);

  /** What those have posted whom a user follows, newest first. */
  CompletableFuture<HomeTimeline> homeTimeline(String user, PageRequest page);

  /** Where an author's posts are put, who must exist. */
  Outbox outbox(String author);

  /**
   * A home timeline as it grows, oldest first.
   *
   * @param cursor what it begins behind; empty: only posts made from now on
   * @param listener is handed one post after the other, on threads of the client's; it may block:
   *     the cluster then waits, for as long as it takes. Should it throw, the subscription ends
   */
  Subscription watch(String user, Optional<String> cursor, Consumer<Post> listener);

  /** Tells of what happens to the connection, on a thread of the client's: do not block there. */
  void onConnection(Consumer<ConnectionEvent> listener);

  /** The frontend that it is connected to at the moment. */
  Optional<ServerAddress> frontend();

  /**
   * Waits for what was called.
   *
   * @throws ParleyException why it has failed
   */
  static <T> T await(CompletableFuture<T> call) throws InterruptedException, ParleyException {
    return Waiting.await(call);
  }

  /** Gives up whatever is under way, closes outboxes and subscriptions, and the connection. */
  @Override
  void close();
}

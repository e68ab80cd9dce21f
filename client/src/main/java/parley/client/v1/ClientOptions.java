package parley.client.v1;

import java.time.Duration;

/**
 * How a client behaves.
 *
 * @param callTimeout after so long a call fails, whatever was tried meanwhile
 * @param outboxPosts how many posts an outbox holds
 */
public record ClientOptions(Duration callTimeout, int outboxPosts) {

  private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

  /** For most programs: half a minute, 10,000 posts. */
  public static final ClientOptions DEFAULT = new ClientOptions(Duration.ofSeconds(30), 10_000);

  public ClientOptions {
    if (callTimeout.isNegative()
        || callTimeout.isZero()
        || callTimeout.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          "callTimeout must be positive and a day at most, but is " + callTimeout);
    }
    if (outboxPosts < 1) {
      throw new IllegalArgumentException("outboxPosts must be positive, but is " + outboxPosts);
    }
  }

  /** The same with another timeout. */
  public ClientOptions withCallTimeout(Duration timeout) {
    return new ClientOptions(timeout, outboxPosts);
  }

  /** The same with outboxes that hold so many posts. */
  public ClientOptions withOutboxPosts(int posts) {
    return new ClientOptions(callTimeout, posts);
  }
}

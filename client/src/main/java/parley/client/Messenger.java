package parley.client;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.proto.hw2.ListReply;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.MessengerServerGrpc.MessengerServerBlockingStub;
import parley.proto.hw2.Request;

/**
 * One connection to one frontend. Who logs in here is connected for as long as this connection
 * lives, so a messenger never moves to another server by itself.
 *
 * <p>Any thread may call; each call blocks until it is answered, for 20 s at most.
 */
public final class Messenger implements AutoCloseable {

  private static final long CALL_TIMEOUT_S = 20;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  private final String server;
  private final Channel channel;
  private final Runnable close;

  Messenger(String server, Channel channel, Runnable close) {
    this.server = server;
    this.channel = channel;
    this.close = close;
  }

  /**
   * Connects to the first of some servers that answers, trying them in order for 3 s each.
   *
   * @throws MessengerException if none does
   */
  public static Messenger connect(List<ServerAddress> servers)
      throws InterruptedException, MessengerException {
    for (ServerAddress server : servers) {
      ManagedChannel channel = Channels.open(server);
      if (becomesReady(channel)) {
        return new Messenger(server.toString(), channel, () -> Channels.close(channel));
      }
      Channels.close(channel);
    }
    String tried = servers.stream().map(ServerAddress::toString).collect(Collectors.joining(", "));
    throw new MessengerException(
        MessengerException.Kind.UNREACHABLE,
        "no frontend answers at " + tried + ": is Parley running there?",
        null);
  }

  private static boolean becomesReady(ManagedChannel channel) throws InterruptedException {
    long deadline = System.nanoTime() + CONNECT_TIMEOUT.toNanos();
    ConnectivityState state = channel.getState(true);
    while (state == ConnectivityState.IDLE || state == ConnectivityState.CONNECTING) {
      CountDownLatch changed = new CountDownLatch(1);
      channel.notifyWhenStateChanged(state, changed::countDown);
      if (!changed.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return false;
      }
      state = channel.getState(true);
    }
    return state == ConnectivityState.READY;
  }

  /** The server that this is connected to, as {@code host:port}. */
  public String server() {
    return server;
  }

  /**
   * Answers the server's text: {@code Login Successful!}, {@code Welcome Back …} or {@code Invalid
   * Username}.
   */
  public String login(String user) throws MessengerException {
    return call(stub -> stub.login(request(user)).getMsg());
  }

  /** Makes {@code user} follow {@code other}; answers the server's text. */
  public String join(String user, String other) throws MessengerException {
    return call(stub -> stub.join(request(user, other)).getMsg());
  }

  /** Makes {@code user} follow {@code other} no more; answers the server's text. */
  public String leave(String user, String other) throws MessengerException {
    return call(stub -> stub.leave(request(user, other)).getMsg());
  }

  /** Who there is, and whom {@code user} follows. */
  public Listing list(String user) throws MessengerException {
    return call(
        stub -> {
          ListReply reply = stub.list(request(user));
          return new Listing(reply.getAllRoomsList(), reply.getJoinedRoomsList());
        });
  }

  /** Opens the user's chat; the listener gets the newest old posts, then live ones. */
  public Chat chat(String user, Consumer<Received> listener) {
    return Chat.open(MessengerServerGrpc.newStub(channel), server, user, listener);
  }

  @Override
  public void close() {
    close.run();
  }

  private <T> T call(Function<MessengerServerBlockingStub, T> call) throws MessengerException {
    try {
      return call.apply(
          MessengerServerGrpc.newBlockingStub(channel)
              .withDeadlineAfter(CALL_TIMEOUT_S, TimeUnit.SECONDS));
    } catch (StatusRuntimeException e) {
      throw MessengerException.of(server, e);
    }
  }

  private static Request request(String user, String... arguments) {
    return Request.newBuilder().setUsername(user).addAllArguments(List.of(arguments)).build();
  }

  /**
   * The answer to List.
   *
   * @param users all, in order of creation
   * @param followed those whom the caller follows, in the order in which they were followed
   */
  public record Listing(List<String> users, List<String> followed) {
    public Listing {
      users = List.copyOf(users);
      followed = List.copyOf(followed);
    }
  }
}

package parley.acceptance.scenario;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.acceptance.hw2.ListReply;
import parley.acceptance.hw2.MessengerServerGrpc;
import parley.acceptance.hw2.MessengerServerGrpc.MessengerServerBlockingStub;
import parley.acceptance.hw2.Request;
import parley.client.ServerAddress;

/** A client as they exist: one plain channel to one frontend, and nothing of the client library. */
final class PlainClient implements AutoCloseable {
  private static final long CALL_S = 20;

  private final ManagedChannel channel;

  PlainClient(ServerAddress frontend) {
    channel =
        ManagedChannelBuilder.forAddress(frontend.host(), frontend.port()).usePlaintext().build();
  }

  String login(String user) {
    return stub().login(request(user)).getMsg();
  }

  ListReply list(String user) {
    return stub().list(request(user));
  }

  String join(String user, String... arguments) {
    return stub().join(request(user, arguments)).getMsg();
  }

  String leave(String user, String... arguments) {
    return stub().leave(request(user, arguments)).getMsg();
  }

  /** Opens a Chat by its first message. */
  PlainChat chat(String user) {
    return PlainChat.open(MessengerServerGrpc.newStub(channel), user);
  }

  /** Goes away as a killed client does. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  private MessengerServerBlockingStub stub() {
    return MessengerServerGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_S, TimeUnit.SECONDS);
  }

  private static Request request(String user, String... arguments) {
    return Request.newBuilder().setUsername(user).addAllArguments(List.of(arguments)).build();
  }
}

package parley.acceptance.scenario;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import parley.acceptance.hw2.Message;
import parley.acceptance.hw2.MessengerServerGrpc.MessengerServerStub;
import parley.acceptance.lab.Patience;

/** One open Chat of a {@link PlainClient}: sends without waiting, keeps all it receives. */
final class PlainChat implements StreamObserver<Message> {
  private final String user;
  private final Queue<Message> received = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private StreamObserver<Message> server;

  private PlainChat(String user) {
    this.user = user;
  }

  static PlainChat open(MessengerServerStub stub, String user) {
    PlainChat chat = new PlainChat(user);
    chat.server = stub.chat(chat);
    chat.post("Set Stream", 0);
    return chat;
  }

  /** The message that a post is made of, and that its author's followers receive. */
  static Message message(String author, String text, long seconds) {
    return Message.newBuilder()
        .setUsername(author)
        .setMsg(text)
        .setTimestamp(Timestamp.newBuilder().setSeconds(seconds))
        .build();
  }

  void post(String text, long seconds) {
    send(message(user, text, seconds));
  }

  void send(Message message) {
    server.onNext(message);
  }

  /** Says that no more posts follow; answers how the server ended the stream. */
  Status leave(Patience patience) {
    server.onCompleted();
    return awaitEnd(patience);
  }

  /** How the server ended the stream, waiting until it has. */
  Status awaitEnd(Patience patience) {
    patience.await("the Chat of " + user + " ends", end::isDone, () -> (long) received.size());
    return end.join();
  }

  /** All that was received, waiting until it is so much. */
  List<Message> await(int messages, Patience patience) {
    patience.await(
        user + " has received " + messages + " messages",
        () -> received.size() >= messages,
        () -> (long) received.size());
    return received();
  }

  List<Message> received() {
    return List.copyOf(received);
  }

  @Override
  public void onNext(Message message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable broken) {
    end.complete(Status.fromThrowable(broken));
  }

  @Override
  public void onCompleted() {
    end.complete(Status.OK);
  }
}

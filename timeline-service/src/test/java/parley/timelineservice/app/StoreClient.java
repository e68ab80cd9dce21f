package parley.timelineservice.app;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.proto.store.Entries;
import parley.proto.store.Entry;
import parley.proto.store.FrontendMessage;
import parley.proto.store.Hello;
import parley.proto.store.PrimaryMessage;
import parley.proto.store.StoreGrpc;
import parley.proto.store.Submit;

/**
 * A frontend's line in its simplest form: asks, waits, and looks for another replica when it
 * breaks.
 */
final class StoreClient {

  private static final long ANSWER_SECONDS = 5;

  private final List<String> addresses;
  private final long incarnation;
  private final int host;
  private ManagedChannel channel;
  private StreamObserver<FrontendMessage> line;
  private LinkedBlockingQueue<PrimaryMessage> answers = new LinkedBlockingQueue<>(1_000);
  private int next;

  StoreClient(List<String> addresses, int host, long incarnation) {
    this.addresses = new ArrayList<>(addresses);
    this.host = host;
    this.incarnation = incarnation;
  }

  /** The current incarnation of the host after registering, or null if nobody answered. */
  Long register(long replaces) throws InterruptedException {
    connect();
    PrimaryMessage answer =
        ask(
            FrontendMessage.newBuilder()
                .setHello(
                    Hello.newBuilder()
                        .setHost(host)
                        .setIncarnation(incarnation)
                        .setRegister(true)
                        .setReplaces(replaces)
                        .setComplete(true))
                .build());
    return answer == null ? null : answer.getRegistered().getCurrent();
  }

  /**
   * The answer, or null if the line broke or nobody answered: then what became of it is unknown.
   */
  PrimaryMessage submit(long firstNumber, List<Entry> commands) throws InterruptedException {
    Entries.Builder entries = Entries.newBuilder();
    for (int i = 0; i < commands.size(); i++) {
      entries.addEntries(
          commands.get(i).toBuilder().setClient(incarnation).setNumber(firstNumber + i));
    }
    return ask(
        FrontendMessage.newBuilder()
            .setSubmit(
                Submit.newBuilder()
                    .setClient(incarnation)
                    .setFirstNumber(firstNumber)
                    .setCount(commands.size())
                    .setEntries(entries.build().toByteString()))
            .build());
  }

  void reconnect() {
    connect();
    line.onNext(
        FrontendMessage.newBuilder()
            .setHello(
                Hello.newBuilder().setHost(host).setIncarnation(incarnation).setComplete(true))
            .build());
  }

  private PrimaryMessage ask(FrontendMessage message) throws InterruptedException {
    line.onNext(message);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ANSWER_SECONDS);
    while (true) {
      PrimaryMessage answer = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (answer == null || answer.getKindCase() == PrimaryMessage.KindCase.KIND_NOT_SET) {
        return null;
      }
      if (answer.getKindCase() != PrimaryMessage.KindCase.NEWS) {
        return answer;
      }
    }
  }

  private void connect() {
    close();
    String address = addresses.get(next++ % addresses.size());
    channel = NettyChannelBuilder.forTarget(address).usePlaintext().build();
    LinkedBlockingQueue<PrimaryMessage> received = new LinkedBlockingQueue<>(1_000);
    answers = received;
    line =
        StoreGrpc.newStub(channel)
            .connect(
                new StreamObserver<>() {
                  @Override
                  public void onNext(PrimaryMessage message) {
                    received.add(message);
                  }

                  @Override
                  public void onError(Throwable broken) {
                    received.add(PrimaryMessage.getDefaultInstance());
                  }

                  @Override
                  public void onCompleted() {
                    received.add(PrimaryMessage.getDefaultInstance());
                  }
                });
  }

  void close() {
    if (channel != null) {
      channel.shutdownNow();
    }
  }
}

package parley.frontend.store;

import io.grpc.Status;
import java.util.function.Consumer;
import parley.frontend.delivery.AppliedRun;
import parley.frontend.loop.FrontendLoop;
import parley.proto.StatusWords;
import parley.proto.store.Applied;
import parley.proto.store.FollowRequest;
import parley.proto.store.StoreGrpc;

/**
 * One Follow stream at one replica: checks that its runs are consecutive, and takes from the
 * network only what has been asked for. Decoding happens on gRPC's threads, beside the loop.
 */
final class LogFollower extends LoopCall<FollowRequest, Applied> {
  private final EventDecoder decoder;
  private final Consumer<AppliedRun> onRun;
  private final Consumer<String> onBroken;
  private final int host;
  private long nextIndex;

  /**
   * @param credits runs to ask for at once; further ones through {@link #request}
   * @param onBroken told why the stream has ended, unless it was cancelled
   */
  LogFollower(
      FrontendLoop loop,
      int host,
      long fromIndex,
      int credits,
      EventDecoder decoder,
      Consumer<AppliedRun> onRun,
      Consumer<String> onBroken) {
    super(loop, credits);
    this.host = host;
    this.nextIndex = fromIndex;
    this.decoder = decoder;
    this.onRun = onRun;
    this.onBroken = onBroken;
  }

  void open(Replicas replicas) {
    StoreGrpc.newStub(replicas.channel(host))
        .follow(FollowRequest.newBuilder().setFromIndex(nextIndex).build(), this);
  }

  int host() {
    return host;
  }

  @Override
  public void onNext(Applied message) {
    try {
      AppliedRun run = decoder.decode(message);
      onLoop(() -> onRun(run));
    } catch (IllegalStateException e) {
      onLoop(() -> reject(e.getMessage()));
    }
  }

  @Override
  void onMessage(Applied message) {
    throw new AssertionError("messages are decoded first");
  }

  @Override
  void onEnd(Status status) {
    onBroken.accept(StatusWords.of(status));
  }

  private void onRun(AppliedRun run) {
    if (run.firstIndex() != nextIndex) {
      reject("a run begins at index " + run.firstIndex() + ", not at " + nextIndex);
      return;
    }
    nextIndex += run.events().size();
    onRun.accept(run);
  }

  private void reject(String why) {
    cancel(why);
    onBroken.accept(why);
  }
}

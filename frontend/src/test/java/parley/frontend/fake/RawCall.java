package parley.frontend.fake;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A call of any method with any bytes, and any number of them: what stubs do not let a test send.
 */
public final class RawCall extends ClientCall.Listener<byte[]> {
  private static final int DEADLINE_S = 40;

  private record End(Status status, Metadata trailers) {}

  private final CompletableFuture<End> end = new CompletableFuture<>();

  private RawCall() {}

  /** Sends these messages and ends its half, whatever kind of method it is. */
  public static RawCall start(
      Channel channel,
      MethodDescriptor<?, ?> method,
      Marshaller<byte[]> marshaller,
      List<byte[]> messages) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            method.toBuilder(marshaller, marshaller).build(),
            CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS));
    RawCall started = new RawCall();
    call.start(started, new Metadata());
    call.request(Integer.MAX_VALUE);
    messages.forEach(call::sendMessage);
    call.halfClose();
    return started;
  }

  public Status end() {
    return end.join().status();
  }

  public Metadata trailers() {
    return end.join().trailers();
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    end.complete(new End(status, trailers));
  }
}

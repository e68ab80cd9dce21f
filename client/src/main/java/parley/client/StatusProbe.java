package parley.client;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import parley.proto.store.StatusReply;
import parley.proto.store.StatusRequest;
import parley.proto.store.StoreGrpc;

/** Asks several timeline services at once how they are. For one thread at a time. */
public final class StatusProbe implements AutoCloseable {

  private final Map<ServerAddress, ManagedChannel> channels = new LinkedHashMap<>();

  public StatusProbe(List<ServerAddress> services) {
    for (ServerAddress service : services) {
      channels.put(service, Channels.open(service));
    }
  }

  /**
   * Each service's answer, in the order given; empty for those that gave none within {@code
   * timeout}.
   */
  public Map<ServerAddress, Optional<ReplicaStatus>> ask(Duration timeout)
      throws InterruptedException {
    List<ListenableFuture<StatusReply>> calls = new ArrayList<>();
    for (ManagedChannel channel : channels.values()) {
      channel.resetConnectBackoff();
      calls.add(
          StoreGrpc.newFutureStub(channel)
              .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
              .status(StatusRequest.getDefaultInstance()));
    }
    Map<ServerAddress, Optional<ReplicaStatus>> answers = new LinkedHashMap<>();
    int next = 0;
    for (ServerAddress service : channels.keySet()) {
      answers.put(service, answer(calls.get(next++)));
    }
    return answers;
  }

  private static Optional<ReplicaStatus> answer(ListenableFuture<StatusReply> call)
      throws InterruptedException {
    try {
      return Optional.of(ReplicaStatus.of(call.get()));
    } catch (ExecutionException unreachable) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    channels.values().forEach(Channels::close);
  }
}

package parley.timelineservice.sql;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.proto.StatusWords;
import parley.proto.store.CopyLogRequest;
import parley.proto.store.LogSlot;
import parley.proto.store.LogSlots;
import parley.proto.store.StoreGrpc;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.storage.Journal;

/**
 * Copies the data of a running timeline service: its applied log, from which everything else is
 * made anew as any replica makes it.
 */
final class RunningService {

  private static final int MESSAGE_BYTES_MAX = 8 << 20;
  private static final long DEADLINE_MINUTES = 30;

  private final String address;

  /**
   * @param address {@code address:port} of the service
   */
  RunningService(String address) {
    this.address = address;
  }

  /**
   * Makes a database of the service's applied log in the folder.
   *
   * @throws IOException the service cannot be reached, in one line for people
   */
  void copyTo(Path folder) throws IOException {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(address)
            .usePlaintext()
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build();
    try (Journal journal = Journal.open(folder, () -> 1)) {
      Replay replay = new Replay(journal);
      Iterator<LogSlots> log =
          StoreGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_MINUTES, TimeUnit.MINUTES)
              .copyLog(CopyLogRequest.newBuilder().setFromSlot(1).build());
      while (log.hasNext()) {
        replay.copiedSlots(rows(log.next()));
      }
      replay.finish();
    } catch (StatusRuntimeException e) {
      throw new IOException(
          "the timeline service at %s cannot be copied (%s); is it running there?"
              .formatted(address, StatusWords.of(e.getStatus())),
          e);
    } finally {
      channel.shutdownNow();
    }
  }

  private static List<AcceptedBatch> rows(LogSlots slots) {
    return slots.getSlotsList().stream().map(RunningService::row).toList();
  }

  /** The epoch is sent as people read it, without its incarnation. */
  private static AcceptedBatch row(LogSlot slot) {
    String[] epoch = slot.getEpoch().split("@");
    return new AcceptedBatch(
        slot.getSlot(),
        new Epoch(Long.parseLong(epoch[0]), Integer.parseInt(epoch[1]), 0),
        new Batch(slot.getCount(), slot.getEntries().toByteArray()));
  }
}

package parley.timelineservice.sql;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.proto.store.CopyLogRequest;
import parley.proto.store.LogSlot;
import parley.proto.store.LogSlots;
import parley.proto.store.StoreGrpc;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.storage.Journal;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Timeline;

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
      Copy copy = new Copy(journal);
      Iterator<LogSlots> log =
          StoreGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_MINUTES, TimeUnit.MINUTES)
              .copyLog(CopyLogRequest.newBuilder().setFromSlot(1).build());
      while (log.hasNext()) {
        copy.add(log.next().getSlotsList());
      }
      copy.finish();
    } catch (StatusRuntimeException e) {
      throw new IOException(
          "the timeline service at %s does not answer (%s); is it running?"
              .formatted(address, e.getStatus().getCode()),
          e);
    } finally {
      channel.shutdownNow();
    }
  }

  /** A journal that is filled in the order in which a replica would fill it. */
  private static final class Copy {

    private final Journal journal;
    private final Timeline timeline;
    private List<AppliedSlot> applied = List.of();

    Copy(Journal journal) {
      this.journal = journal;
      timeline = journal.timeline();
    }

    /** Stores slots, with the effects of those before them (R9), then applies them. */
    void add(List<LogSlot> slots) {
      List<Write> writes = new ArrayList<>();
      slots.forEach(slot -> writes.add(new Write.Copied(slot.getSlot(), epoch(slot), batch(slot))));
      journal.write(writes, applied);
      applied = new ArrayList<>();
      for (LogSlot slot : slots) {
        Batch batch = batch(slot);
        AppliedSlot effects = timeline.apply(slot.getSlot(), EntryCodec.decode(batch.bytes()));
        journal.reads().applied(effects, batch);
        applied.add(effects);
      }
    }

    void finish() {
      journal.write(List.of(), applied);
    }

    private static Batch batch(LogSlot slot) {
      return new Batch(slot.getCount(), slot.getEntries().toByteArray());
    }

    private static Epoch epoch(LogSlot slot) {
      String[] parts = slot.getEpoch().split("@");
      return new Epoch(Long.parseLong(parts[0]), Integer.parseInt(parts[1]), 0);
    }
  }
}

package parley.timelineservice.rpc;

import java.util.List;
import java.util.Optional;
import parley.proto.store.LogSlots;
import parley.timelineservice.timeline.TimelineReads;

/** The applied slots from one to another, in chunks; at least one chunk, which may be empty. */
final class LogSource implements PacedStream.Source<LogSlots> {

  static final int CHUNK_BYTES = 192 * 1024;

  private final TimelineReads reads;
  private final long upToSlot;
  // Every slot below it has been yielded.
  private long nextSlot;
  private boolean begun;

  LogSource(TimelineReads reads, long fromSlot, long upToSlot) {
    this.reads = reads;
    this.nextSlot = fromSlot;
    this.upToSlot = upToSlot;
  }

  @Override
  public Optional<LogSlots> next() {
    if (ended()) {
      return Optional.empty();
    }
    begun = true;
    LogSlots.Builder chunk = LogSlots.newBuilder().setUpToSlot(upToSlot);
    if (nextSlot <= upToSlot) {
      List<TimelineReads.Slot> slots = reads.slots(nextSlot, CHUNK_BYTES);
      if (slots.isEmpty()) {
        throw new IllegalStateException(
            "Slot %d is missing of the applied slots up to %d".formatted(nextSlot, upToSlot));
      }
      for (TimelineReads.Slot slot : slots) {
        if (slot.slot() <= upToSlot) {
          chunk.addSlots(StoreCodec.toProto(slot));
        }
      }
      nextSlot = slots.get(slots.size() - 1).slot() + 1;
    }
    return Optional.of(chunk.build());
  }

  @Override
  public boolean ended() {
    return begun && nextSlot > upToSlot;
  }
}

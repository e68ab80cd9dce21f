package parley.timelineservice.app;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.runtime.Disk;
import parley.timelineservice.timeline.AppliedSlot;

/** A disk that may hold all writes at first, and that counts the proposals written to it. */
final class HeldDisk implements Disk {

  private final Disk disk;
  private final AtomicLong accepted = new AtomicLong();
  // Guarded by this.
  private boolean held;

  HeldDisk(Disk disk, boolean held) {
    this.disk = disk;
    this.held = held;
  }

  @Override
  public void write(List<Write> writes, List<AppliedSlot> applied) {
    awaitRelease();
    disk.write(writes, applied);
    accepted.addAndGet(writes.stream().filter(Write.Accepted.class::isInstance).count());
  }

  @Override
  public List<AcceptedBatch> committed(long fromSlot, int maxBytes) {
    return disk.committed(fromSlot, maxBytes);
  }

  private synchronized void awaitRelease() {
    try {
      while (held) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the disk thread is never interrupted", e);
    }
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  /** How many proposals, not copied slots, were written. */
  long accepted() {
    return accepted.get();
  }
}

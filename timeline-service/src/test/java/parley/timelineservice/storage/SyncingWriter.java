package parley.timelineservice.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.RandomEntries;
import parley.timelineservice.timeline.Timeline;

/** A process that writes slots as fast as it can and tells of each one that is durable. */
public final class SyncingWriter {

  static final int POSTS_PER_SEGMENT = 30;

  private SyncingWriter() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    TestReplica replica = new TestReplica(folder, POSTS_PER_SEGMENT);
    while (true) {
      long slot = replica.timeline.appliedSlot() + 1;
      replica.commit(batch(slot, replica.timeline));
      System.out.println(slot);
      System.out.flush();
    }
  }

  /** What any process puts into a slot. */
  static List<Entry> batch(long slot, Timeline before) {
    return new RandomEntries(new Random(slot)).batch(before);
  }
}

package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;

/**
 * Measures what a journal costs: {@code write FOLDER POSTS BATCH} writes posts of 100 bytes by a
 * thousand authors and prints how the file grows, {@code open FOLDER} how long a start takes.
 */
final class StorageCosts {

  private static final int AUTHORS = 1_000;
  private static final int TEXT_LENGTH = 100;
  private static final long CLIENT = 0xF1;
  private static final int LINES = 10;

  private StorageCosts() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("open")) {
      open(folder);
    } else {
      write(folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    }
  }

  private static void open(Path folder) throws IOException {
    long start = System.nanoTime();
    try (Journal journal = Journal.open(folder, () -> 1)) {
      System.out.printf(
          "%,d posts in %,d bytes: open after %.2f s%n",
          journal.reads().totals().posts(), size(folder), (System.nanoTime() - start) / 1e9);
    }
  }

  private static void write(Path folder, int posts, int batch) throws IOException {
    Random random = new Random(1);
    try (TestReplica replica = new TestReplica(folder, Journal.POSTS_PER_SEGMENT)) {
      replica.commit(List.of(new Entry(CLIENT, 0, new Command.Register(1, 0))));
      long number = 1;
      for (int author = 0; author < AUTHORS; author++) {
        Command create = new Command.CreateUser("user" + author);
        replica.commit(List.of(new Entry(CLIENT, number++, create)));
      }
      long textBytes = 0;
      for (int post = 0; post < posts; ) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < batch && post < posts; i++, post++) {
          String author = "user" + random.nextInt(AUTHORS);
          Command command = new Command.Post(author, text(random), post, 0, true);
          entries.add(new Entry(CLIENT, number++, command));
          textBytes += TEXT_LENGTH;
          if ((post + 1) % (posts / LINES) == 0) {
            System.out.printf(
                "%,d posts in batches of %d: %,d bytes, %.1f per post, %.2f per byte posted%n",
                post + 1,
                batch,
                size(folder),
                (double) size(folder) / (post + 1),
                (double) size(folder) / textBytes);
          }
        }
        replica.commit(entries);
      }
    }
  }

  /** Of digits and letters: no disk compresses them much. */
  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    while (text.length() < TEXT_LENGTH) {
      text.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36));
    }
    return text.substring(0, TEXT_LENGTH);
  }

  private static long size(Path folder) throws IOException {
    return Files.size(new DatabaseFile(folder).path());
  }
}

package parley.timelineservice.storage;

import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * A process to be killed: checks what the one before it left, then writes step after step of a
 * script and tells of each one that is durable. Prints {@code found N} once it has checked, then
 * the number of each step; or {@code lost} and what it found instead.
 */
public final class SyncingWriter {

  static final String FOUND = "found ";

  private static final int POSTS_PER_SEGMENT = 30;

  private SyncingWriter() {}

  /**
   * Arguments: the data folder, the script's seed, and the last step that was told to be durable.
   */
  public static void main(String[] arguments) {
    DatabaseFile file = new DatabaseFile(Path.of(arguments[0]));
    long seed = Long.parseLong(arguments[1]);
    int told = Integer.parseInt(arguments[2]);
    Journal journal = Journal.open(file, () -> JournalScript.INCARNATION, POSTS_PER_SEGMENT);
    JournalScript.Contents contents = JournalScript.Contents.of(journal);
    int found =
        IntStream.rangeClosed(told, told + 1)
            .filter(steps -> JournalScript.after(seed, steps).contents().equals(contents))
            .findFirst()
            .orElse(-1);
    tell(found < 0 ? "lost: found " + contents : FOUND + found);
    JournalScript script = JournalScript.after(seed, Math.max(found, 0));
    while (found >= 0) {
      script.next().writeTo(journal);
      tell(Integer.toString(script.steps()));
    }
  }

  private static void tell(String line) {
    System.out.println(line);
    System.out.flush();
  }
}

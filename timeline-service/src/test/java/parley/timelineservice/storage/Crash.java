package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * {@code make crash}: kills a process that writes a journal many times, and tells how far it has
 * come. Ends with 1 and leaves the file as soon as something is lost.
 *
 * <p>Argument: an empty folder. System properties: {@code kills}; {@code seed} for a campaign that
 * writes the same again, though no kill hits the same moment.
 */
final class Crash {

  private static final long TELL_EVERY_SECONDS = 10;

  private Crash() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int kills = Integer.parseInt(System.getProperty("kills", "400"));
    String seed = System.getProperty("seed", "");
    KilledWriters writers =
        new KilledWriters(
            Path.of(arguments[0]), seed.isEmpty() ? new Random().nextLong() : Long.parseLong(seed));
    long begun = System.nanoTime();
    long told = begun;
    while (writers.kills() < kills) {
      try {
        writers.killNext();
      } catch (AssertionError lost) {
        System.out.println(lost.getMessage());
        System.exit(1);
      }
      if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(TELL_EVERY_SECONDS)) {
        told = System.nanoTime();
        System.out.println(writers);
      }
    }
    System.out.printf(
        "%s, nothing lost, in %d s%n",
        writers, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
  }
}

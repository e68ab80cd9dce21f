package parley.acceptance.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.StringTokenizer;
import java.util.zip.GZIPInputStream;

/**
 * The real activity that a replay repeats: who wrote to whom and when, in order of time. Lines
 * count from 0.
 *
 * <p>Immutable. The data is described in the README beside the resource.
 */
public final class Trace {

  private static final String RESOURCE = "college-messages.txt.gz";

  private final int[] sources;
  private final int[] targets;
  private final long[] times;

  private Trace(int[] sources, int[] targets, long[] times) {
    this.sources = sources;
    this.targets = targets;
    this.times = times;
  }

  /** The whole trace of the project's own copy. */
  public static Trace ofCollegeMessages() {
    try (InputStream compressed = Trace.class.getResourceAsStream(RESOURCE);
        Reader reader =
            new InputStreamReader(new GZIPInputStream(compressed), StandardCharsets.US_ASCII)) {
      return read(new BufferedReader(reader));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE + " of our own jar", e);
    }
  }

  /** Reads a header line and lines of {@code src dst time}. */
  static Trace read(BufferedReader reader) throws IOException {
    int[] sources = new int[1024];
    int[] targets = new int[1024];
    long[] times = new long[1024];
    int lines = 0;
    reader.readLine();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (lines == sources.length) {
        sources = Arrays.copyOf(sources, lines * 2);
        targets = Arrays.copyOf(targets, lines * 2);
        times = Arrays.copyOf(times, lines * 2);
      }
      StringTokenizer columns = new StringTokenizer(line);
      sources[lines] = Integer.parseInt(columns.nextToken());
      targets[lines] = Integer.parseInt(columns.nextToken());
      times[lines] = Long.parseLong(columns.nextToken());
      lines++;
    }
    return new Trace(
        Arrays.copyOf(sources, lines), Arrays.copyOf(targets, lines), Arrays.copyOf(times, lines));
  }

  /** The first lines alone; all if there are fewer. */
  public Trace first(int lines) {
    int kept = Math.min(lines, lines());
    return new Trace(
        Arrays.copyOf(sources, kept), Arrays.copyOf(targets, kept), Arrays.copyOf(times, kept));
  }

  public int lines() {
    return sources.length;
  }

  /** The number of the person who wrote a line. */
  public int source(int line) {
    return sources[line];
  }

  /** The number of the person it was written to. */
  public int target(int line) {
    return targets[line];
  }

  /** When, in UNIX seconds. */
  public long time(int line) {
    return times[line];
  }
}

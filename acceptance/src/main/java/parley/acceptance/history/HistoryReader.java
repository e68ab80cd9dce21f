package parley.acceptance.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** A history that {@link HistoryWriter} wrote. */
public final class HistoryReader implements History {

  /** Opens the file anew for each telling. */
  @FunctionalInterface
  public interface Source {
    InputStream open() throws IOException;
  }

  private final Source source;

  public HistoryReader(Source source) {
    this.source = source;
  }

  @Override
  public void tell(Consumer<Event> listener) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(source.open()), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.accept(EventLine.parse(line));
      }
    }
  }
}

package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class PipedLinesTest {

  private final PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream());

  @Test
  void givesAllLinesThenNullForEver() throws Exception {
    try (PipedLines lines =
        new PipedLines(
            new LineQueue(new BufferedReader(new StringReader("LIST\n\nlast"))),
            nowhere,
            nowhere)) {
      assertThat(lines.next(Lines.Mode.COMMAND)).isEqualTo("LIST");
      assertThat(lines.next(Lines.Mode.POST)).isEmpty();
      assertThat(lines.next(Lines.Mode.POST)).isEqualTo("last");
      assertThat(lines.next(Lines.Mode.POST)).isNull();
      assertThat(lines.next(Lines.Mode.POST)).isNull();
    }
  }

  @Test
  void waitingForASilentPipeCanBeInterrupted() throws Exception {
    try (PipedWriter silent = new PipedWriter();
        PipedLines lines =
            new PipedLines(
                new LineQueue(new BufferedReader(new PipedReader(silent))), nowhere, nowhere)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lines.next(Lines.Mode.POST))
          .isInstanceOf(InterruptedException.class);
    }
  }
}

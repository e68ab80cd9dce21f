package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class PipedLinesTest {

  private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());

  @Test
  void givesAllLinesThenNullForEver() throws Exception {
    try (PipedLines lines =
        new PipedLines(new BufferedReader(new StringReader("LIST\n\nlast")), nowhere)) {
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
        PipedLines lines = new PipedLines(new BufferedReader(new PipedReader(silent)), nowhere)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> lines.next(Lines.Mode.POST))
          .isInstanceOf(InterruptedException.class);
    }
  }
}

package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jline.reader.impl.completer.NullCompleter;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TerminalLinesTest {

  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  private final PipedOutputStream keyboard = new PipedOutputStream();
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private Terminal terminal;
  private TerminalLines lines;

  @BeforeEach
  void open() throws IOException {
    terminal =
        new ExternalTerminal(
            "test", "xterm", new PipedInputStream(keyboard), screen, StandardCharsets.UTF_8);
    lines = TerminalLines.on(terminal, NullCompleter.INSTANCE);
  }

  @AfterEach
  void close() throws IOException {
    lines.close();
  }

  @Test
  void aLivePostDoesNotDestroyTheLineBeingTyped() throws Exception {
    CompletableFuture<String> line = next();
    type("hello, wo");
    CommandRun.soon().until(() -> screen().contains("wo"));
    lines.show("bob: meanwhile");
    CommandRun.soon().until(() -> screen().contains("bob: meanwhile"));
    type("rld\r");
    assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("hello, world");
    // What had been typed is shown anew below the post.
    assertThat(screen().substring(screen().indexOf("bob: meanwhile"))).contains("hello, wo");
  }

  @Test
  void enterAloneIsNoPost() throws Exception {
    CompletableFuture<String> line = next();
    type("\r\rtext!\r");
    assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("text!");
  }

  @Test
  void ctrlDIsTheEnd() throws Exception {
    CompletableFuture<String> line = next();
    type(CTRL_D);
    assertThat(line.get(20, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void ctrlCInterrupts() throws Exception {
    CompletableFuture<String> line = next();
    type("hal");
    CommandRun.soon().until(() -> screen().contains("hal"));
    type(CTRL_C);
    assertThat(line.handle((typed, failure) -> failure).get(20, TimeUnit.SECONDS))
        .hasRootCauseInstanceOf(org.jline.reader.UserInterruptException.class);
  }

  @Test
  void theTerminalTakesNoKeyForItselfBetweenTwoLines() throws Exception {
    assertThat(handlesLinesItself()).isFalse();
    CompletableFuture<String> line = next();
    type("text!\r");
    assertThat(line.get(20, TimeUnit.SECONDS)).isEqualTo("text!");
    assertThat(handlesLinesItself()).isFalse();
    lines.close();
    assertThat(handlesLinesItself()).isTrue();
  }

  private boolean handlesLinesItself() {
    return terminal.getAttributes().getLocalFlag(Attributes.LocalFlag.ICANON);
  }

  private CompletableFuture<String> next() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return lines.next(Lines.Mode.POST);
          } catch (InterruptedException e) {
            throw new CompletionException(e);
          }
        });
  }

  private void type(String text) throws IOException {
    keyboard.write(text.getBytes(StandardCharsets.UTF_8));
    keyboard.flush();
  }

  private String screen() {
    return screen.toString(StandardCharsets.UTF_8);
  }
}

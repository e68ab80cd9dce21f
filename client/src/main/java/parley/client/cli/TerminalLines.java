package parley.client.cli;

import java.io.IOException;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * Lines typed by a person: with editing, history and completion, and received posts above the line
 * being typed.
 *
 * <p>The terminal hands on each key as it is, also between two lines: otherwise a Ctrl-D typed
 * there would be taken by the terminal, and get lost.
 */
final class TerminalLines implements Lines {

  private final Terminal terminal;
  private final Attributes before;
  private final LineReader commandReader;
  private final LineReader postReader;
  // The reader of the line that is being typed; posts are shown above that line.
  private volatile LineReader current;

  private TerminalLines(Terminal terminal, Completer completer) {
    this.terminal = terminal;
    this.before = terminal.enterRawMode();
    this.commandReader = reader(terminal).completer(completer).appName("parley").build();
    this.postReader = reader(terminal).appName("parley-chat").build();
    this.current = commandReader;
  }

  static TerminalLines open(Completer completer) throws IOException {
    return on(TerminalBuilder.builder().system(true).dumb(true).build(), completer);
  }

  static TerminalLines on(Terminal terminal, Completer completer) {
    // Where no line is being typed, Ctrl-C does what it does in all other commands.
    Thread worker = Thread.currentThread();
    terminal.handle(Terminal.Signal.INT, signal -> worker.interrupt());
    return new TerminalLines(terminal, completer);
  }

  private static LineReaderBuilder reader(Terminal terminal) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        // A '!' or a '\' is text like any other.
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
  }

  @Override
  public String next(Mode mode) throws InterruptedException {
    current = mode == Mode.COMMAND ? commandReader : postReader;
    try {
      String line;
      do {
        line = current.readLine(mode == Mode.COMMAND ? "Cmd> " : "");
        // Enter alone is more likely an accident than an empty post.
      } while (mode == Mode.POST && line.isEmpty());
      return line;
    } catch (EndOfFileException e) {
      return null;
    } catch (UserInterruptException e) {
      InterruptedException interrupted = new InterruptedException("Ctrl-C");
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  @Override
  public void show(String line) {
    current.printAbove(line);
  }

  @Override
  public void tell(String news) {
    show(news);
  }

  @Override
  public boolean canRepeat() {
    return true;
  }

  @Override
  public String position() {
    return "";
  }

  @Override
  public void close() throws IOException {
    try {
      terminal.setAttributes(before);
    } finally {
      terminal.close();
    }
  }
}

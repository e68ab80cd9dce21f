package parley.client.cli;

import java.io.IOException;

/** Where the shell's lines come from: a person, a pipe or a script. For one thread. */
interface Lines extends AutoCloseable {

  /** What the next line will be taken for. */
  enum Mode {
    COMMAND,
    POST
  }

  /**
   * The next line without its end; null after the last one. Blocks until there is one; may be
   * interrupted.
   *
   * @throws InterruptedException also when a person pressed Ctrl-C
   */
  String next(Mode mode) throws IOException, InterruptedException;

  /** Shows a line to the person without destroying what is being typed. Any thread may call. */
  void show(String line);

  /** As {@link #show}, for what is about the session and no part of its data. */
  void tell(String news);

  /** Whether somebody is there who could type a line again. */
  boolean canRepeat();

  /**
   * Where the line that was returned last stands, as a prefix of messages; empty where that helps
   * nobody.
   */
  String position();

  @Override
  void close() throws IOException;
}

package parley.client.cli;

import java.io.IOException;
import java.io.PrintWriter;

/** Lines from standard input when it is no terminal. */
final class PipedLines implements Lines {

  private final LineQueue in;
  private final PrintWriter out;
  private final PrintWriter err;

  PipedLines(LineQueue in, PrintWriter out, PrintWriter err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public String next(Mode mode) throws IOException, InterruptedException {
    return in.next();
  }

  @Override
  public void show(String line) {
    out.println(line);
  }

  @Override
  public void tell(String news) {
    err.println("parley: " + news);
  }

  @Override
  public boolean canRepeat() {
    return false;
  }

  @Override
  public String position() {
    return "";
  }

  @Override
  public void close() {
    out.flush();
  }
}

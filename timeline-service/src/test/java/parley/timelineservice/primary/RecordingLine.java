package parley.timelineservice.primary;

import java.util.ArrayList;
import java.util.List;

/** A frontend's line that remembers what was said on it. */
final class RecordingLine implements FrontendLine {

  private final String name;
  private final List<ToFrontend> sent = new ArrayList<>();
  private String closed;

  RecordingLine(String name) {
    this.name = name;
  }

  @Override
  public void send(ToFrontend message) {
    sent.add(message);
  }

  @Override
  public void close(String why) {
    closed = why;
  }

  /** What was said since the last call. */
  List<ToFrontend> heard() {
    List<ToFrontend> heard = List.copyOf(sent);
    sent.clear();
    return heard;
  }

  /** Why the line was closed; null while it is open. */
  String closed() {
    return closed;
  }

  @Override
  public String toString() {
    return name;
  }
}

package parley.timelineservice.traces;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A trace's file: prose, then blocks of commands each with what they must bring about, and at the
 * end the ways to break the core that its expectations must notice.
 */
final class Trace implements Supplier<String> {

  private static final String RULE = "----";

  /** A paragraph: prose, which stays as it is, or commands, which are followed by what happened. */
  private record Part(List<String> prose, List<String> commands) {}

  private final Path file;
  private final List<Part> parts = new ArrayList<>();
  private final List<Mutation> mutations = new ArrayList<>();

  Trace(Path file) {
    this.file = file;
    try {
      parse(Files.readAllLines(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void parse(List<String> lines) {
    List<String> paragraph = new ArrayList<>();
    for (String line : lines) {
      if (line.isBlank()) {
        add(paragraph);
        paragraph = new ArrayList<>();
      } else {
        paragraph.add(line.stripTrailing());
      }
    }
    add(paragraph);
  }

  private void add(List<String> paragraph) {
    if (paragraph.isEmpty()) {
      return;
    }
    String first = paragraph.get(0);
    if (first.startsWith("break ")) {
      mutations.add(Mutation.parse(file.getFileName().toString(), paragraph));
      parts.add(new Part(paragraph, List.of()));
    } else if (first.startsWith("#")) {
      parts.add(new Part(paragraph, List.of()));
    } else {
      int rule = paragraph.indexOf(RULE);
      parts.add(new Part(List.of(), rule < 0 ? paragraph : paragraph.subList(0, rule)));
    }
  }

  String name() {
    return file.getFileName().toString().replace(".txt", "");
  }

  List<Mutation> mutations() {
    return mutations;
  }

  /** Plays it; returns the file as it would have to be to match what happened. */
  @Override
  public String get() {
    Script script = new Script();
    List<String> paragraphs = new ArrayList<>();
    for (Part part : parts) {
      List<String> lines = new ArrayList<>(part.prose());
      lines.addAll(part.commands());
      List<String> happened = new ArrayList<>();
      part.commands().forEach(command -> happened.addAll(play(script, command)));
      if (!happened.isEmpty()) {
        lines.add(RULE);
        lines.addAll(happened);
      }
      paragraphs.add(String.join("\n", lines) + "\n");
    }
    return String.join("\n", paragraphs);
  }

  private List<String> play(Script script, String command) {
    try {
      return script.run(command);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(name() + " at \"" + command + "\": " + e.getMessage(), e);
    }
  }

  String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void rewrite(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package parley.timelineservice.traces;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The commands of traces, one per line; {@code src/test/resources/traces/README.md} explains them.
 */
final class Script {

  private static final int ROUNDS_TO_FORM = 4;

  private final Stage stage = new Stage();

  /** Carries out one command; returns what happened, line by line. */
  List<String> run(String line) {
    run(List.of(line.trim().split("\\s+")));
    stage.outcome().check();
    return stage.takeLines();
  }

  private void run(List<String> words) {
    List<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "quietly" -> quietly(() -> run(rest));
      case "show" -> rest.forEach(stage::show);
      case "hide" -> rest.forEach(stage::hide);
      case "cluster" -> cluster(rest);
      case "empty" -> stage.hosts(rest);
      case "start" -> rest.forEach(name -> stage.host(name).start());
      case "crash" -> rest.forEach(name -> stage.host(name).crash());
      case "wipe" -> rest.forEach(name -> stage.host(name).wipe());
      case "latch" -> stage.host(rest.get(0)).latch(true);
      case "unlatch" -> stage.host(rest.get(0)).latch(false);
      case "tick" -> tick(rest);
      case "run" -> rounds(Integer.parseInt(rest.get(0)));
      case "deliver" -> stage.deliver(rest);
      case "drop" -> stage.drop(rest);
      case "hold" -> stage.hold(rest);
      case "release" -> stage.wire().release(rest);
      case "cut" -> rest.forEach(this::cut);
      case "heal" -> stage.wire().heal();
      case "slow" -> rest.forEach(name -> stage.host(name).slow(true));
      case "fast" -> rest.forEach(name -> stage.host(name).slow(false));
      case "sync" -> rest.forEach(name -> stage.host(name).sync());
      case "propose" -> stage.host(rest.get(0)).propose(stage.notation().named(rest.get(1)));
      case "submit" -> submit(rest);
      case "register" -> register(rest);
      case "read" -> stage.host(rest.get(0)).read(rest.get(1));
      case "expect" -> stage.outcome().expect(rest);
      default -> throw new IllegalArgumentException("no such command: " + String.join(" ", words));
    }
  }

  private void quietly(Runnable command) {
    stage.quiet(true);
    command.run();
    stage.quiet(false);
  }

  /** All start with empty disks and form the cluster; nobody leads yet. */
  private void cluster(List<String> names) {
    stage.hosts(names);
    quietly(
        () -> {
          names.forEach(name -> stage.host(name).start());
          rounds(ROUNDS_TO_FORM);
        });
  }

  /** {@code tick 3}, {@code tick A B 3}, {@code tick A}. */
  private void tick(List<String> words) {
    List<String> names = new ArrayList<>();
    int ticks = 1;
    for (String word : words) {
      if (Character.isDigit(word.charAt(0))) {
        ticks = Integer.parseInt(word);
      } else {
        names.add(word);
      }
    }
    for (int i = 0; i < ticks; i++) {
      tickEach(names.isEmpty() ? stage.names() : names);
    }
  }

  private void tickEach(Collection<String> names) {
    for (String name : names) {
      if (stage.host(name).running()) {
        stage.host(name).tick();
      }
    }
  }

  /** Everybody ticks, and all messages arrive. */
  private void rounds(int rounds) {
    for (int i = 0; i < rounds; i++) {
      tickEach(stage.names());
      stage.deliver(List.of());
    }
  }

  /** {@code A-B} both ways, {@code A->B} one way, {@code A} from everybody. */
  private void cut(String link) {
    if (link.contains("->")) {
      stage.cut(link.substring(0, 1), link.substring(3));
    } else if (link.contains("-")) {
      stage.cut(link.substring(0, 1), link.substring(2));
      stage.cut(link.substring(2), link.substring(0, 1));
    } else {
      stage.names().forEach(other -> cut(link + "-" + other));
    }
  }

  /** {@code submit A c1 1-3}. */
  private void submit(List<String> words) {
    List<String> numbers = numbers(words.get(1) + ":" + words.get(2));
    long first = number(numbers.get(0));
    long last = number(numbers.get(numbers.size() - 1));
    stage.host(words.get(0)).submit(words.get(1), first, last);
  }

  /** {@code register A F1 host 3 replaces none}. */
  private void register(List<String> words) {
    stage
        .host(words.get(0))
        .propose(
            stage.notation().register(words.get(1), Integer.parseInt(words.get(3)), words.get(5)));
  }

  /** {@code c1:2-4} is c1:2, c1:3, c1:4; anything else is itself. */
  static List<String> numbers(String range) {
    int colon = range.indexOf(':');
    int dash = range.indexOf('-', colon + 1);
    if (colon < 0 || dash < 0) {
      return List.of(range);
    }
    List<String> numbers = new ArrayList<>();
    long last = Long.parseLong(range.substring(dash + 1));
    for (long n = Long.parseLong(range.substring(colon + 1, dash)); n <= last; n++) {
      numbers.add(range.substring(0, colon + 1) + n);
    }
    return numbers;
  }

  private static long number(String command) {
    return Long.parseLong(command.substring(command.indexOf(':') + 1));
  }
}

package parley.timelineservice.exploration;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The scopes by name: small ones for every build, large ones for {@code make explore}. */
final class Scopes {

  private static final List<Integer> NO_TICKS = List.of(0, 0, 0);

  private static final Scope ONE_PRIMARY =
      new Scope(
          "one-primary",
          false,
          List.of(1, 0, 0),
          NO_TICKS,
          1,
          2,
          0,
          0,
          Set.of("primary 1A", "slot 1 applied"));

  private static final Scope TWO_CANDIDATES =
      new Scope(
          "two-candidates",
          false,
          List.of(1, 1, 0),
          NO_TICKS,
          0,
          2,
          0,
          0,
          Set.of("primary 1A", "primary 2B", "primary 2A"));

  private static final Scope THREE_CANDIDATES =
      new Scope(
          "three-candidates",
          false,
          List.of(1, 1, 1),
          NO_TICKS,
          0,
          0,
          0,
          0,
          Set.of("primary 1A", "primary 3C"));

  private static final Scope ELECTED_AGAIN =
      new Scope(
          "elected-again",
          false,
          List.of(2, 1, 0),
          NO_TICKS,
          0,
          0,
          0,
          0,
          Set.of("primary 1B", "primary 3A"));

  private static final Scope CHANGE_OF_PRIMARY =
      new Scope(
          "change-of-primary",
          true,
          List.of(0, 1, 0),
          NO_TICKS,
          1,
          0,
          0,
          0,
          Set.of("primary 2B", "slot 1 applied"));

  private static final Scope LOST_DISK =
      new Scope(
          "lost-disk",
          true,
          List.of(1, 0, 0),
          List.of(1, 1, 1),
          0,
          0,
          1,
          0,
          Set.of("a lost disk's replica votes"));

  private static final Scope READ =
      new Scope("read", true, List.of(0, 1, 0), NO_TICKS, 0, 0, 0, 2, Set.of("primary 2B"));

  private static final Scope FROM_NOTHING =
      new Scope(
          "from-nothing",
          false,
          List.of(1, 1, 0),
          NO_TICKS,
          1,
          0,
          0,
          0,
          Set.of("primary 2B", "slot 1 applied"));

  private static final Scope CRASH =
      new Scope(
          "crash",
          true,
          List.of(0, 1, 0),
          NO_TICKS,
          1,
          1,
          0,
          0,
          Set.of("primary 2B", "slot 1 applied"));

  private static final Scope TWO_IN_FLIGHT =
      new Scope(
          "two-in-flight", true, List.of(0, 0, 0), NO_TICKS, 2, 0, 0, 0, Set.of("slot 2 applied"));

  private static final Scope RETURN =
      new Scope(
          "return",
          true,
          List.of(1, 1, 0),
          NO_TICKS,
          1,
          0,
          0,
          0,
          Set.of("primary 3A", "slot 1 applied"));

  private static final Scope LOST_DISK_WITH_POST =
      new Scope(
          "lost-disk-with-post",
          true,
          List.of(1, 0, 0),
          List.of(1, 1, 1),
          1,
          0,
          1,
          0,
          Set.of("a lost disk's replica votes", "slot 1 applied"));

  private static final Scope READ_OF_POST =
      new Scope(
          "read-of-post", true, List.of(0, 1, 0), NO_TICKS, 1, 0, 0, 1, Set.of("a read of slot 1"));

  private static final Scope LOST_DISK_AND_CHANGE =
      new Scope(
          "lost-disk-and-change",
          true,
          List.of(0, 1, 0),
          List.of(1, 1, 1),
          0,
          0,
          1,
          0,
          Set.of("primary 2B", "a lost disk's replica votes"));

  private static final Scope RESTART =
      new Scope(
          "restart",
          true,
          List.of(1, 0, 0),
          NO_TICKS,
          2,
          1,
          0,
          0,
          Set.of("primary 2A", "slot 2 applied"));

  private static final Scope TWO_COMMANDS =
      new Scope(
          "two-commands",
          true,
          List.of(0, 1, 0),
          NO_TICKS,
          2,
          0,
          0,
          0,
          Set.of("primary 2B", "slot 2 applied"));

  private static final Scope TWO_COMMANDS_AND_CRASH =
      new Scope(
          "two-commands-and-crash",
          true,
          List.of(0, 1, 0),
          NO_TICKS,
          2,
          1,
          0,
          0,
          Set.of("primary 2B", "slot 2 applied"));

  private static final Scope CRASH_FROM_NOTHING =
      new Scope(
          "crash-from-nothing",
          false,
          List.of(1, 1, 0),
          NO_TICKS,
          1,
          1,
          0,
          0,
          Set.of("primary 2B", "slot 1 applied"));

  private static final Scope ALL_FROM_NOTHING =
      new Scope(
          "all-from-nothing",
          false,
          List.of(1, 1, 0),
          NO_TICKS,
          2,
          1,
          0,
          0,
          Set.of("primary 2B", "slot 2 applied"));

  static final List<Scope> SMALL =
      List.of(
          ONE_PRIMARY,
          TWO_CANDIDATES,
          THREE_CANDIDATES,
          ELECTED_AGAIN,
          FROM_NOTHING,
          CHANGE_OF_PRIMARY,
          CRASH,
          TWO_IN_FLIGHT,
          LOST_DISK_AND_CHANGE);

  static final List<Scope> LARGE =
      List.of(
          LOST_DISK,
          READ,
          RESTART,
          READ_OF_POST,
          RETURN,
          TWO_COMMANDS,
          LOST_DISK_WITH_POST,
          CRASH_FROM_NOTHING,
          TWO_COMMANDS_AND_CRASH,
          ALL_FROM_NOTHING);

  private Scopes() {}

  static Scope named(String name) {
    return Stream.concat(SMALL.stream(), LARGE.stream())
        .filter(scope -> scope.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no scope " + name));
  }
}

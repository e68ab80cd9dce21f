package parley.timelineservice.traces;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;

/**
 * What a trace has come to, and what its {@code expect} lines say of it. A slot is chosen when any
 * host applies it; that all hosts apply the same is checked at each step.
 */
final class Outcome {

  private final Stage stage;
  private final TreeMap<Long, Batch> chosen = new TreeMap<>();
  private final Map<String, Long> reads = new TreeMap<>();

  Outcome(Stage stage) {
    this.stage = stage;
  }

  void onApply(String host, AcceptedBatch row) {
    Batch before = chosen.putIfAbsent(row.slot(), row.batch());
    if (before != null && !before.equals(row.batch())) {
      throw new AssertionError(
          "%s applies %s where %s was chosen"
              .formatted(host, stage.notation().row(row), stage.notation().batch(before)));
    }
  }

  void onRead(String read, long slot) {
    reads.put(read, slot);
  }

  /** Hosts that have applied the same slots are in the same state. */
  void check() {
    Map<Long, Long> hashes = new TreeMap<>();
    for (TraceHost host : stage.running()) {
      long hash = host.timeline().stateHash();
      Long other = hashes.putIfAbsent(host.timeline().appliedSlot(), hash);
      if (other != null && other != hash) {
        throw new AssertionError(host.name() + " differs after the same slots");
      }
    }
  }

  void expect(List<String> words) {
    List<String> rest = words.subList(1, words.size());
    switch (words.get(0)) {
      case "chosen" -> rest.forEach(this::expectChosen);
      case "undecided" -> rest.forEach(slot -> check(chosenIn(slot), "undecided", slot));
      case "applied" -> each(rest, host -> host.core().appliedSlot());
      case "committed" -> each(rest, host -> host.core().committedSlot());
      case "promised" -> each(rest, host -> Notation.epoch(host.core().promised()));
      case "role" -> each(rest, host -> host.core().roleName());
      case "latch" -> each(rest, host -> host.core().wantsLatch() ? "wanted" : "unwanted");
      case "effects" -> expectEffects(rest);
      case "primary" -> check(primaries(), String.join(" ", rest), "primary");
      case "epochs" -> expectEpochsAtMost(Long.parseLong(rest.get(2)));
      case "read" -> expectRead(rest);
      case "sent" -> check(stage.wire().has(rest), true, String.join(" ", rest));
      case "unsent" -> check(stage.wire().has(rest), false, String.join(" ", rest));
      default -> throw new IllegalArgumentException("cannot expect " + String.join(" ", words));
    }
  }

  /** The first word is what the fact must be at the hosts that follow. */
  private void each(List<String> words, Function<TraceHost, Object> fact) {
    for (String name : words.subList(1, words.size())) {
      check(fact.apply(stage.host(name)).toString(), words.get(0), name);
    }
  }

  private void expectChosen(String row) {
    String slot = row.substring(0, row.indexOf('='));
    check(slot + "=" + chosenIn(slot), row, "chosen");
  }

  private String chosenIn(String slot) {
    Batch batch = chosen.get(Long.parseLong(slot));
    return batch == null ? "undecided" : stage.notation().batch(batch);
  }

  /** {@code effects A,B c1:1-3 c2:1}: exactly these, in this order. */
  private void expectEffects(List<String> words) {
    String expected =
        words.subList(1, words.size()).stream()
            .flatMap(word -> Script.numbers(word).stream())
            .collect(Collectors.joining(" "));
    for (String name : words.get(0).split(",")) {
      check(String.join(" ", stage.host(name).effects()), expected, "effects at " + name);
    }
  }

  private String primaries() {
    Collection<TraceHost> running = stage.running();
    String names =
        running.stream()
            .filter(host -> host.core().isPrimary())
            .map(TraceHost::name)
            .collect(Collectors.joining(" "));
    return names.isEmpty() ? "none" : names;
  }

  private void expectEpochsAtMost(long most) {
    for (TraceHost host : stage.running()) {
      long number = host.core().promised().number();
      if (number > most) {
        throw new AssertionError("%s promised epoch %d > %d".formatted(host.name(), number, most));
      }
    }
  }

  private void expectRead(List<String> words) {
    Long slot = reads.get(words.get(0));
    check(
        slot == null ? "waits" : "slot " + slot,
        String.join(" ", words.subList(1, words.size())),
        "read " + words.get(0));
  }

  private static void check(Object actual, Object expected, String what) {
    if (!actual.equals(expected)) {
      throw new AssertionError("%s: expected %s, is %s".formatted(what, expected, actual));
    }
  }
}

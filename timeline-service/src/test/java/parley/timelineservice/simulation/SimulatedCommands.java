package parley.timelineservice.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.Batch;

/** Numbered commands of clients as batches, and which of them take effect when applied (R12). */
final class SimulatedCommands {

  record Command(int client, long number) {

    @Override
    public String toString() {
      return client + ":" + number;
    }
  }

  private final Map<Integer, Long> lastNumbers = new TreeMap<>();
  private final List<Command> effects = new ArrayList<>();

  static Batch batch(List<Command> commands) {
    StringBuilder text = new StringBuilder();
    commands.forEach(command -> text.append(command).append(';'));
    return new Batch(commands.size(), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  static List<Command> commands(Batch batch) {
    List<Command> commands = new ArrayList<>();
    for (String part : new String(batch.bytes(), StandardCharsets.UTF_8).split(";")) {
      if (!part.isEmpty()) {
        String[] fields = part.split(":");
        commands.add(new Command(Integer.parseInt(fields[0]), Long.parseLong(fields[1])));
      }
    }
    return commands;
  }

  /** Applies a batch; returns the commands that are done after it: by it or before. */
  List<Command> apply(Batch batch) {
    List<Command> done = new ArrayList<>();
    for (Command command : commands(batch)) {
      long last = lastNumber(command.client());
      if (command.number() == last + 1) {
        lastNumbers.put(command.client(), command.number());
        effects.add(command);
      }
      if (command.number() <= last + 1) {
        done.add(command);
      }
    }
    return done;
  }

  long lastNumber(int client) {
    return lastNumbers.getOrDefault(client, 0L);
  }

  List<Command> effects() {
    return effects;
  }
}

package parley.timelineservice.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import parley.timelineservice.paxos.Envelope;

/**
 * The messages under way in a trace, oldest first, and those held back. Which messages a command
 * means is said by words of their lines.
 */
final class Wire {

  record Packet(int to, Envelope envelope, String text) {

    /** Each word stands in the line: whole, or as the slot of {@code slot=batch}. */
    boolean matches(List<String> words) {
      List<String> own = List.of(text.replace("'", "").split(" "));
      return words.stream().allMatch(word -> own.stream().anyMatch(w -> matches(word, w)));
    }

    private static boolean matches(String word, String own) {
      return own.equals(word)
          || own.startsWith(word + "=")
          || word.endsWith("->*") && own.startsWith(word.substring(0, 3))
          || word.startsWith("*->") && own.endsWith(word.substring(1));
    }
  }

  private final List<Packet> underWay = new ArrayList<>();
  private final List<Packet> held = new ArrayList<>();
  private final Set<String> cuts = new TreeSet<>();

  void send(Packet packet) {
    if (!cuts.contains(link(packet.envelope().from(), packet.to()))) {
      underWay.add(packet);
    }
  }

  /** The oldest that matches, taken off the wire; null if none does. */
  Packet take(List<String> words) {
    for (Packet packet : underWay) {
      if (packet.matches(words)) {
        underWay.remove(packet);
        return packet;
      }
    }
    return null;
  }

  boolean has(List<String> words) {
    return underWay.stream().anyMatch(packet -> packet.matches(words));
  }

  void hold(Packet packet) {
    held.add(packet);
  }

  /** Those held that match are under way again, ahead of the others; returns them. */
  List<Packet> release(List<String> words) {
    List<Packet> released = held.stream().filter(packet -> packet.matches(words)).toList();
    held.removeAll(released);
    underWay.addAll(0, released);
    return released;
  }

  void cut(int from, int to) {
    cuts.add(link(from, to));
  }

  void heal() {
    cuts.clear();
  }

  private static String link(int from, int to) {
    return from + ">" + to;
  }
}

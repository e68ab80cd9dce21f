package parley.timelineservice.traces;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.PaxosConfig;

/** Where a trace plays: its hosts, the messages between them, and the record of what happened. */
final class Stage {

  /** A tick is a heartbeat interval; the other times keep the proportions of the defaults. */
  private static final int HEARTBEAT_TICKS = 1;

  private static final int SILENT_TICKS = 5;
  private static final int QUORUM_LOST_TICKS = 10;
  private static final int RETRY_TICKS = 3;
  private static final int PIPELINE_DEPTH = 4;
  private static final int CLOSE_SLOTS = 8;

  private static final int DELIVERIES_MAX = 2_000;

  private final Notation notation = new Notation();
  private final Wire wire = new Wire();
  private final Outcome outcome = new Outcome(this);
  private final TreeMap<Integer, TraceHost> hosts = new TreeMap<>();
  private final Set<String> hidden = new TreeSet<>(Set.of("Hello"));
  private boolean quiet;
  private List<String> lines = new ArrayList<>();

  void hosts(List<String> names) {
    TreeSet<Integer> all = new TreeSet<>();
    names.forEach(name -> all.add(Notation.host(name)));
    for (int host : all) {
      PaxosConfig config =
          new PaxosConfig(
              host,
              all,
              PIPELINE_DEPTH,
              CLOSE_SLOTS,
              HEARTBEAT_TICKS,
              SILENT_TICKS,
              QUORUM_LOST_TICKS,
              RETRY_TICKS,
              host);
      hosts.put(host, new TraceHost(config, this));
    }
  }

  TraceHost host(String name) {
    TraceHost host = hosts.get(Notation.host(name));
    if (host == null) {
      throw new IllegalArgumentException("no host " + name);
    }
    return host;
  }

  Collection<TraceHost> running() {
    return hosts.values().stream().filter(TraceHost::running).toList();
  }

  Collection<String> names() {
    return hosts.values().stream().map(TraceHost::name).toList();
  }

  Notation notation() {
    return notation;
  }

  Wire wire() {
    return wire;
  }

  Outcome outcome() {
    return outcome;
  }

  // ------------------------------------------------------------------ messages

  void send(int to, Envelope envelope) {
    wire.send(new Wire.Packet(to, envelope, notation.envelope(envelope, to)));
  }

  /** Delivers what matches, answers included, until there is none left. */
  void deliver(List<String> words) {
    int deliveries = 0;
    for (Wire.Packet packet = wire.take(words); packet != null; packet = wire.take(words)) {
      TraceHost to = hosts.get(packet.to());
      if (to.running()) {
        line(packet.envelope(), packet.text());
        to.receive(packet.envelope());
      }
      if (++deliveries > DELIVERIES_MAX) {
        throw new AssertionError("still not quiet after " + deliveries + " messages");
      }
    }
  }

  void drop(List<String> words) {
    for (Wire.Packet packet = wire.take(words); packet != null; packet = wire.take(words)) {
      line(packet.envelope(), "lost: " + packet.text());
    }
  }

  void hold(List<String> words) {
    for (Wire.Packet packet = wire.take(words); packet != null; packet = wire.take(words)) {
      line(packet.envelope(), "late: " + packet.text());
      wire.hold(packet);
    }
  }

  void cut(String from, String to) {
    wire.cut(Notation.host(from), Notation.host(to));
  }

  // ------------------------------------------------------------------ the record

  boolean shows(Envelope envelope) {
    return !quiet && !hidden.contains(envelope.message().getClass().getSimpleName());
  }

  void show(String message) {
    hidden.remove(message);
  }

  void hide(String message) {
    hidden.add(message);
  }

  void quiet(boolean quiet) {
    this.quiet = quiet;
  }

  private void line(Envelope envelope, String text) {
    if (shows(envelope)) {
      lines.add(text);
    }
  }

  /** Something that came of the message above it, or of the command. */
  void event(String text) {
    if (!quiet) {
      lines.add("  " + text);
    }
  }

  List<String> takeLines() {
    List<String> taken = lines;
    lines = new ArrayList<>();
    return taken;
  }
}

package parley.client.discovery;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.client.ServerAddress;

/**
 * What is known about the frontends of one target, and for how long something stays known. Pure:
 * time, in nanoseconds of the monotonic clock, is handed in. Not thread-safe.
 *
 * <p>Entries vanish for two reasons: their frontends have died, or ZooKeeper was away for so long
 * that their sessions ended, and then they come back one by one although no frontend was ever gone.
 * A list that followed the registry to the letter would in the second case take living connections
 * from their channels and gather all channels at the first entry that is back. So:
 *
 * <ol>
 *   <li>what has vanished stays known for {@link #LINGER}, behind what is registered;
 *   <li>the last ones stay known for good, until another that is registered can be connected to.
 * </ol>
 */
final class KnownFrontends {
  /** Longer than ZooKeeper and then the frontends' sessions take to come back. */
  static final Duration LINGER = Duration.ofSeconds(30);

  /** There are never so many; whatever else stands in the registry must not fill the memory. */
  static final int COUNT_MAX = 255;

  private final Map<ServerAddress, Entry> entries = new LinkedHashMap<>();

  /** Begins with what was known when somebody watched last. */
  void remember(List<Frontend> frontends, long nanos) {
    for (Frontend frontend : frontends) {
      Entry entry = new Entry(frontend.address());
      entry.sockets = frontend.sockets();
      entry.vanishedAt = nanos;
      entries.put(frontend.address(), entry);
    }
  }

  /** The registry names exactly these now. */
  void register(Collection<ServerAddress> addresses, long nanos) {
    Set<ServerAddress> registered = new LinkedHashSet<>();
    addresses.stream().limit(COUNT_MAX).forEach(registered::add);
    for (Entry entry : entries.values()) {
      if (entry.registered && !registered.contains(entry.address)) {
        entry.registered = false;
        entry.vanishedAt = nanos;
      }
    }
    for (ServerAddress address : registered) {
      entries.computeIfAbsent(address, Entry::new).registered = true;
    }
    expire(nanos);
  }

  /** The host name of a frontend stands for these now; ignored for one that is not known. */
  void locate(ServerAddress address, List<SocketAddress> sockets) {
    Entry entry = entries.get(address);
    if (entry != null) {
      entry.sockets = List.copyOf(sockets);
    }
  }

  /** Forgets what has vanished for long enough. */
  void expire(long nanos) {
    entries.values().removeIf(entry -> !entry.registered && entry.sockets.isEmpty());
    if (!frontends(true).isEmpty()) {
      entries
          .values()
          .removeIf(entry -> !entry.registered && nanos - entry.vanishedAt >= LINGER.toNanos());
    }
    while (entries.values().stream().filter(entry -> !entry.registered).count() > COUNT_MAX) {
      Optional<Entry> oldest =
          entries.values().stream()
              .filter(entry -> !entry.registered)
              .max(Comparator.comparingLong(entry -> nanos - entry.vanishedAt));
      oldest.ifPresent(entry -> entries.remove(entry.address));
    }
  }

  /** What the registry names, whether it can be connected to or not. */
  List<ServerAddress> registered() {
    return entries.values().stream()
        .filter(entry -> entry.registered)
        .map(entry -> entry.address)
        .toList();
  }

  /** What the registry names and no socket address is known of. */
  List<ServerAddress> unlocated() {
    return entries.values().stream()
        .filter(entry -> entry.registered && entry.sockets.isEmpty())
        .map(entry -> entry.address)
        .toList();
  }

  /** All that can be connected to; empty if nothing was ever known. */
  Optional<View.Frontends> frontends() {
    View.Frontends frontends = new View.Frontends(frontends(true), frontends(false));
    return frontends.registered().isEmpty() && frontends.vanished().isEmpty()
        ? Optional.empty()
        : Optional.of(frontends);
  }

  private List<Frontend> frontends(boolean registered) {
    List<Frontend> frontends = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.registered == registered && !entry.sockets.isEmpty()) {
        frontends.add(new Frontend(entry.address, entry.sockets));
      }
    }
    return frontends;
  }

  private static final class Entry {
    private final ServerAddress address;
    private List<SocketAddress> sockets = List.of();
    private boolean registered;

    /** Means something only where it is not registered. */
    private long vanishedAt;

    Entry(ServerAddress address) {
      this.address = address;
    }
  }
}

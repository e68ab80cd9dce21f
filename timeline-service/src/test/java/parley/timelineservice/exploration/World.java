package parley.timelineservice.exploration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All states of single replicas that an exploration has met. A state of the cluster is then a few
 * numbers, and the same state of a replica is never worked out twice.
 */
final class World {

  private record CoreKey(Fingerprint fingerprint, Held held) {}

  private record Key(int core, long[][] sent) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && core == that.core && Arrays.deepEquals(sent, that.sent);
    }

    @Override
    public int hashCode() {
      return 31 * core + Arrays.deepHashCode(sent);
    }
  }

  /** The states of one host. */
  private static final class HostStates {
    final Inbox inbox = new Inbox();
    final Turns turns;
    final Map<Fingerprint, Integer> kernels = new HashMap<>();
    final Map<CoreKey, CoreState> cores = new HashMap<>();
    final Map<Key, ReplicaState> replicas = new HashMap<>();
    volatile ReplicaState[] byNumber = new ReplicaState[1024];

    HostStates(Scope scope) {
      turns = new Turns(scope, inbox);
    }
  }

  private final Scope scope;
  private final Relevance relevance;
  private final List<HostStates> hosts = new ArrayList<>();

  World(Scope scope) {
    this.scope = scope;
    relevance = new Relevance(scope);
    for (int host = 0; host < scope.hosts(); host++) {
      hosts.add(new HostStates(scope));
    }
  }

  Inbox inbox(int host) {
    return hosts.get(host).inbox;
  }

  Turns turns(int host) {
    return hosts.get(host).turns;
  }

  /** Hosts count from 0 here, and from 1 in the core. */
  ReplicaState initial(int host, ExploredHost snapshot) {
    long[][] sent = new long[scope.hosts()][];
    Arrays.fill(sent, Bits.NONE);
    return replica(core(host, snapshot), sent);
  }

  private CoreState core(int host, ExploredHost snapshot) {
    CoreKey key = new CoreKey(Fingerprint.of(snapshot, relevance), Held.of(snapshot, relevance));
    HostStates states = hosts.get(host);
    synchronized (states.cores) {
      CoreState known = states.cores.get(key);
      if (known == null) {
        int kernel =
            states.kernels.computeIfAbsent(key.fingerprint(), unknown -> states.kernels.size());
        known = new CoreState(this, host, states.cores.size(), kernel, key.held(), snapshot);
        states.cores.put(key, known);
      }
      return known;
    }
  }

  ReplicaState replica(CoreState core, long[][] sent) {
    HostStates states = hosts.get(core.host());
    Key key = new Key(core.number(), sent);
    synchronized (states.replicas) {
      ReplicaState known = states.replicas.get(key);
      if (known == null) {
        int number = states.replicas.size();
        known = new ReplicaState(this, number, core, sent);
        states.replicas.put(key, known);
        if (number == states.byNumber.length) {
          states.byNumber = Arrays.copyOf(states.byNumber, 2 * number);
        }
        states.byNumber[number] = known;
      }
      return known;
    }
  }

  ReplicaState replica(int host, int number) {
    return hosts.get(host).byNumber[number];
  }

  /** Runs the real core on a copy; whatever it throws is a violation. */
  CoreState.Step run(CoreState from, int input) {
    ExploredHost host = DeepCopy.of(from.snapshot());
    try {
      List<ExploredHost.Packet> packets = host.step(inbox(from.host()).input(input));
      int[] sent = new int[2 * packets.size()];
      for (int i = 0; i < sent.length; i += 2) {
        ExploredHost.Packet packet = packets.get(i / 2);
        sent[i] = packet.to() - 1;
        sent[i + 1] = inbox(packet.to() - 1).number(new Input.Deliver(packet.envelope()));
      }
      return new CoreState.Step(core(from.host(), host), sent, null);
    } catch (AssertionError | RuntimeException e) {
      return new CoreState.Step(from, new int[0], e.toString());
    }
  }

  /** What was met at any replica. */
  Set<String> sights() {
    Set<String> sights = new TreeSet<>();
    for (HostStates states : hosts) {
      states.cores.values().forEach(core -> sights.addAll(core.snapshot().sights()));
    }
    return sights;
  }

  long coreStates() {
    return hosts.stream().mapToLong(states -> states.cores.size()).sum();
  }

  long replicaStates() {
    return hosts.stream().mapToLong(states -> states.replicas.size()).sum();
  }
}

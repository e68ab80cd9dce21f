package parley.timelineservice.exploration;

import java.util.Arrays;
import java.util.List;

/**
 * One state of the whole cluster: its replicas, and what is used up of the bounds. The network is
 * what the replicas have sent: a message, once sent, may arrive at any later time, again and again,
 * or never.
 *
 * <p>Only settled states are explored: those in which nobody can say anything new, or hold back
 * more to say later, without changing its core otherwise. To say it takes nothing from anybody, so
 * what is possible without it is possible with it.
 */
record Cluster(ReplicaState[] replicas, Budget budget) {

  /** Called with each turn that may come next. */
  interface Visitor {

    void visit(int host, Turn turn);
  }

  static Cluster initial(World world, Scope scope) {
    List<ExploredHost> hosts = Opening.hosts(scope);
    ReplicaState[] replicas = new ReplicaState[hosts.size()];
    for (int host = 0; host < replicas.length; host++) {
      replicas[host] = world.initial(host, hosts.get(host));
    }
    return new Cluster(replicas, Budget.UNUSED);
  }

  // ------------------------------------------------------------------ as two words

  static Cluster unpack(World world, int hosts, long high, long low) {
    int lowHosts = (hosts + 1) / 2;
    int bits = bits(hosts);
    ReplicaState[] replicas = new ReplicaState[hosts];
    for (int host = 0; host < hosts; host++) {
      long word = host < lowHosts ? low >>> bits * host : high >>> bits * (host - lowHosts);
      replicas[host] = world.replica(host, (int) (word & (1L << bits) - 1));
    }
    return new Cluster(replicas, Budget.unpack(high >>> Long.SIZE - Budget.BITS));
  }

  private static int bits(int hosts) {
    int lowHosts = (hosts + 1) / 2;
    int highHosts = hosts - lowHosts;
    return Math.min(31, Math.min(Long.SIZE / lowHosts, (Long.SIZE - Budget.BITS) / highHosts));
  }

  long low() {
    return pack(0, (replicas.length + 1) / 2);
  }

  long high() {
    long word = pack((replicas.length + 1) / 2, replicas.length);
    return word | budget.packed() << Long.SIZE - Budget.BITS;
  }

  private long pack(int from, int to) {
    int bits = bits(replicas.length);
    long word = 0;
    for (int host = to - 1; host >= from; host--) {
      if (replicas[host].number() >>> bits != 0) {
        throw new IllegalStateException("too many states of one replica");
      }
      word = word << bits | replicas[host].number();
    }
    return word;
  }

  // ------------------------------------------------------------------ compared with others

  int hashOfCores() {
    long hash = 0;
    for (ReplicaState replica : replicas) {
      hash = (hash ^ replica.core().kernel()) * 0x9E6C63D0876A9A47L;
      hash ^= hash >>> 32;
    }
    return (int) hash;
  }

  /** Whether the cores are the same, but for the messages that they hold back. */
  boolean hasCoresOf(Cluster other) {
    for (int host = 0; host < replicas.length; host++) {
      if (replicas[host].core().kernel() != other.replicas[host].core().kernel()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether all that can happen after the other one can happen after this one too: the cores are
   * the same, more was sent or is about to be, and no more of the bounds is used up. What was sent
   * need not arrive, and the checks look at cores only. So the other one need not be explored.
   */
  boolean allowsAllOf(Cluster other) {
    for (int host = 0; host < replicas.length; host++) {
      if (!replicas[host].saysAllOf(other.replicas[host])) {
        return false;
      }
    }
    return budget.allowsAllOf(other.budget);
  }

  // ------------------------------------------------------------------ what comes next

  void visitTurns(World world, Visitor visitor) {
    long answeredSlot = 0;
    boolean allVote = true;
    for (ReplicaState replica : replicas) {
      answeredSlot = Math.max(answeredSlot, replica.snapshot().answeredSlot());
      allVote &= replica.snapshot().hasVotersDisk();
    }
    for (int host = 0; host < replicas.length; host++) {
      Turns.Situation situation =
          new Turns.Situation(replicas[host], arrived(host), budget, answeredSlot, allVote);
      for (Turn turn : world.turns(host).in(situation)) {
        visitor.visit(host, turn);
      }
    }
  }

  Cluster after(int host, Turn turn) {
    ReplicaState[] next = replicas.clone();
    next[host] = turn.next();
    Cluster after = new Cluster(next, turn.budget());
    after.settle();
    return after;
  }

  /** Lets everybody say what it can say without changing. */
  private void settle() {
    boolean settled = false;
    while (!settled) {
      settled = true;
      for (int host = 0; host < replicas.length; host++) {
        ReplicaState before = replicas[host];
        replicas[host] = before.settled(arrived(host));
        settled &= replicas[host] == before;
      }
    }
  }

  private long[] arrived(int host) {
    long[] arrived = Bits.NONE;
    for (ReplicaState sender : replicas) {
      long[] sent = sender.sent(host);
      if (sent.length > arrived.length) {
        arrived = Arrays.copyOf(arrived, sent.length);
      }
      for (int word = 0; word < sent.length; word++) {
        arrived[word] |= sent[word];
      }
    }
    return arrived;
  }
}

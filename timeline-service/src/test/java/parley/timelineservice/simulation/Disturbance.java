package parley.timelineservice.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import parley.timelineservice.simulation.SimulatedNetwork.Packet;
import parley.timelineservice.simulation.Tally.Fault;

/**
 * The time in which anything may break: each step is one message, tick, sync, or word of a
 * frontend, or one fault, as the run's rates have it.
 */
final class Disturbance {

  private static final int TICK_WEIGHT = 1_200;
  private static final int SYNC_WEIGHT = 1_500;
  private static final int FRONTEND_WEIGHT = 2_000;

  /** One in so many steps at a host that is down starts it again. */
  private static final int RESTART = 20;

  private static final int ZOMBIES_MAX = 2;

  /** So many inputs, and one more, a busy host takes before it carries out what they ask for. */
  private static final int INPUTS_OF_A_ROUND = 8;

  /** So much less often arrives what is sent to a host whose messages are held up. */
  private static final int LATE = 15;

  /** One in so many steps of a frontend it looks for a newer primary than its own. */
  private static final int FOLLOW_PRIMARY = 8;

  private final Cluster cluster;
  private final Faults faults;
  private final SplittableRandom random;

  /** Until which step a host is paused, its disk slow, or what is sent to it long under way. */
  private final long[] pausedUntil;

  private final long[] slowUntil;
  private final long[] lateUntil;
  private long healStep;
  private long noLatchUntil;

  /** Lines of frontends that have ended: what was on its way may still arrive. */
  private final List<SimulatedLine> orphans = new ArrayList<>();

  /** Frontends that live on, for a while, beside the process that has taken their place (R11). */
  private final ArrayDeque<SimulatedFrontend> zombies = new ArrayDeque<>();

  Disturbance(Cluster cluster, Faults faults) {
    this.cluster = cluster;
    this.faults = faults;
    random = cluster.random;
    pausedUntil = new long[cluster.hosts + 1];
    slowUntil = new long[cluster.hosts + 1];
    lateUntil = new long[cluster.hosts + 1];
  }

  void run(int steps) {
    for (long last = cluster.steps() + steps; cluster.steps() < last; ) {
      step();
    }
    cluster.nodes.forEach(SimulatedNode::endRound);
    orphans.forEach(SimulatedLine::hangUp);
    zombies.forEach(SimulatedFrontend::disconnect);
  }

  private void step() {
    if (cluster.steps() >= healStep && healStep > 0) {
      healStep = 0;
      cluster.network.heal();
      cluster.step("the network heals");
      return;
    }
    SimulatedNode node = cluster.nodes.get(random.nextInt(cluster.hosts));
    int dice = random.nextInt(Faults.WEIGHTS);
    if ((dice -= faults.crash()) < 0) {
      crashOrStart(node);
    } else if ((dice -= faults.cut()) < 0) {
      cut(node.host());
    } else if ((dice -= faults.wipe()) < 0) {
      maybeWipe(random.nextBoolean() ? anyPrimary(node) : node);
    } else if ((dice -= faults.latch()) < 0) {
      moveLatch(node);
    } else if ((dice -= faults.failover()) < 0) {
      failOver();
    } else if ((dice -= faults.pause()) < 0) {
      fault(Fault.PAUSED, node);
      (random.nextBoolean() ? pausedUntil : lateUntil)[node.host()] =
          cluster.steps() + random.nextInt(aWhile());
    } else if ((dice -= faults.slowDisk()) < 0) {
      fault(Fault.DISK_SLOW, node);
      slowUntil[node.host()] = cluster.steps() + random.nextInt(aWhile());
    } else if ((dice -= faults.frontendDeath()) < 0) {
      replaceFrontend(node.host());
    } else if ((dice -= faults.lineBreak()) < 0) {
      cluster.tally.fault(Fault.LINE_BROKEN);
      cluster.step("the line of frontend " + node.host() + " breaks");
      cluster.frontends.get(node.host() - 1).disconnect();
    } else if ((dice -= faults.busy()) < 0) {
      fault(Fault.BUSY, node);
      node.beginRound(2 + random.nextInt(INPUTS_OF_A_ROUND));
    } else if ((dice -= FRONTEND_WEIGHT) < 0) {
      frontend(node);
    } else if (!node.running()) {
      if (random.nextInt(RESTART) == 0) {
        crashOrStart(node);
      }
    } else if (pausedUntil[node.host()] > cluster.steps()) {
      deliver();
    } else if ((dice -= TICK_WEIGHT) < 0 || cluster.network.underWay() == 0) {
      cluster.step(node.named("ticks"));
      node.tick();
      settle(node);
      maybeElect(node);
    } else if ((dice -= SYNC_WEIGHT) < 0) {
      sync(node);
    } else {
      deliver();
    }
  }

  /** Mostly short, sometimes longer than an election takes. */
  private int aWhile() {
    return random.nextInt(4) == 0 ? 1_500 : 300;
  }

  private void fault(Fault fault, SimulatedNode node) {
    cluster.tally.fault(fault);
    cluster.step(fault + " " + node.host());
  }

  /** What a host's own driver does after each of its rounds. */
  private void settle(SimulatedNode node) {
    if (node.running() && !node.inRound()) {
      node.leavesLatch();
    }
    cluster.stateAfter(node);
  }

  private void sync(SimulatedNode node) {
    if (node.disk().queued() > 0 && slowUntil[node.host()] <= cluster.steps()) {
      cluster.step(node.named("syncs"));
      maybeDieHalfWay(node);
      node.sync(1 + random.nextInt(node.disk().queued()));
      settle(node);
    }
  }

  private void deliver() {
    if (random.nextInt(100) < faults.latePercent() && cluster.network.releaseOne(random)) {
      cluster.tally.fault(Fault.KEPT_BACK);
    }
    if (cluster.network.underWay() == 0) {
      return;
    }
    Packet packet = cluster.network.take(random, faults.inOrder());
    if (random.nextInt(100) < faults.doublePercent()) {
      cluster.network.doubled(packet);
      cluster.tally.fault(Fault.DOUBLED);
    }
    if (random.nextInt(100) < faults.latePercent()) {
      cluster.network.keep(packet);
    }
    SimulatedNode to = cluster.node(packet.to());
    if (random.nextInt(100) < faults.lossPercent() || !to.running()) {
      cluster.tally.fault(Fault.LOST);
    } else if (isHeldUp(packet.to())) {
      cluster.network.doubled(packet);
    } else {
      maybeDieHalfWay(to);
      cluster.deliver(packet);
    }
  }

  private boolean isHeldUp(int host) {
    return pausedUntil[host] > cluster.steps()
        || lateUntil[host] > cluster.steps() && random.nextInt(LATE) > 0;
  }

  private void maybeDieHalfWay(SimulatedNode node) {
    if (faults.crash() > 0 && random.nextInt(1_000) == 0) {
      fault(Fault.DIED_HALF_WAY, node);
      node.dieWithin(random.nextInt(4));
    }
  }

  private void crashOrStart(SimulatedNode node) {
    if (node.running()) {
      fault(Fault.CRASHED, node);
      node.crash();
      if (random.nextBoolean()) {
        cluster.nodes.stream()
            .filter(SimulatedNode::running)
            .forEach(other -> other.linkDown(node.host()));
      }
    } else {
      cluster.step("host " + node.host() + " starts");
      node.start();
      node.latch(random.nextInt(3) == 0, 0);
      settle(node);
    }
  }

  /** Cuts a host from one other or from all, one way or both, for a while. */
  private void cut(int host) {
    boolean all = random.nextBoolean();
    boolean in = random.nextBoolean();
    boolean out = !in || random.nextBoolean();
    int one = 1 + random.nextInt(cluster.hosts);
    for (int other = 1; other <= cluster.hosts; other++) {
      if (all || other == one) {
        cluster.network.cut(other, host, in);
        cluster.network.cut(host, other, out);
      }
    }
    cluster.tally.fault(Fault.CUT);
    cluster.step(
        "cut %d from %s%s%s"
            .formatted(host, all ? "all" : one, in ? " inwards" : "", out ? " outwards" : ""));
    healStep = cluster.steps() + random.nextInt(aWhile());
  }

  /** Mostly the newest that leads, if there is one: that is where things are under way. */
  private SimulatedNode anyPrimary(SimulatedNode otherwise) {
    SimulatedNode newest = otherwise;
    boolean found = false;
    for (SimulatedNode node : cluster.nodes) {
      if (node.running() && node.core().isPrimary() && random.nextInt(8) > 0) {
        boolean newer = !found || node.core().epoch().above(newest.core().epoch());
        newest = newer ? node : newest;
        found = true;
      }
    }
    return newest;
  }

  /** So many disks may be lost before the first one of them votes again: a minority (R15). */
  private void maybeWipe(SimulatedNode node) {
    long replaced = cluster.nodes.stream().filter(other -> !other.disk().voter()).count();
    int minority = (cluster.hosts - 1) / 2;
    if (node.disk().voter() && replaced < minority) {
      fault(Fault.DISK_REPLACED, node);
      node.replaceDisk(cluster.newDisk());
    }
  }

  /** ZooKeeper as it should be: when nobody holds the latch, somebody who wants it gets it. */
  private void maybeElect(SimulatedNode node) {
    boolean free = cluster.nodes.stream().noneMatch(SimulatedNode::latchHeld);
    if (free && cluster.steps() > noLatchUntil && node.running() && node.core().wantsLatch()) {
      cluster.step(node.named("gets the latch"));
      node.latch(true, 0);
      settle(node);
    }
  }

  /** ZooKeeper's word is random: several holders or none, and any number for the epoch (R1). */
  private void moveLatch(SimulatedNode node) {
    boolean held = random.nextBoolean();
    if (!held) {
      noLatchUntil = cluster.steps() + random.nextInt(aWhile());
    }
    long advertised = 0;
    if (!faults.zooKeeperForgets() && random.nextBoolean()) {
      long highest =
          cluster.nodes.stream()
              .mapToLong(other -> other.disk().promised().number())
              .max()
              .orElse(0);
      advertised = Math.max(0, highest + random.nextInt(12) - 4);
    }
    cluster.tally.fault(Fault.LATCH_MOVED);
    cluster.step("latch of %d: %s, epoch %d".formatted(node.host(), held, advertised));
    node.latch(held, advertised);
    settle(node);
  }

  /**
   * The primary fails in one of many ways while something is under way, and another host may stand
   * at once: where most of what is hard happens.
   */
  private void failOver() {
    SimulatedNode primary = anyPrimary(null);
    SimulatedNode next = cluster.nodes.get(random.nextInt(cluster.hosts));
    if (primary == null || !next.running() || next == primary) {
      return;
    }
    fault(Fault.FAILED_OVER, primary);
    switch (random.nextInt(7)) {
      case 0 -> crashOrStart(primary);
      case 1 -> pausedUntil[primary.host()] = cluster.steps() + random.nextInt(aWhile());
      case 2 -> slowUntil[primary.host()] = cluster.steps() + random.nextInt(aWhile());
      case 3 -> cut(primary.host());
      case 4, 5 -> lateUntil[primary.host()] = cluster.steps() + random.nextInt(aWhile());
      default -> cluster.step("and leads on");
    }
    if (primary.running() && random.nextBoolean()) {
      primary.latch(false, 0);
    }
    next.linkDown(primary.host());
    next.latch(true, 0);
    settle(next);
  }

  private void replaceFrontend(int host) {
    SimulatedFrontend old = cluster.frontends.get(host - 1);
    if (random.nextBoolean()) {
      cluster.tally.fault(Fault.FRONTEND_LIVES_ON);
      cluster.step("frontend " + host + " is replaced and does not know it");
      zombies.add(old);
      if (zombies.size() > ZOMBIES_MAX) {
        zombies.poll().disconnect();
      }
    } else {
      cluster.tally.fault(Fault.FRONTEND_REPLACED);
      cluster.step("frontend " + host + " dies and is replaced");
      if (old.line() != null) {
        orphans.add(old.line());
      }
    }
    cluster.replaceFrontend(host);
  }

  private void frontend(SimulatedNode near) {
    if (!orphans.isEmpty() && random.nextInt(4) == 0) {
      SimulatedLine line = orphans.get(random.nextInt(orphans.size()));
      if (line.hasWords()) {
        line.hear();
      } else {
        line.hangUp();
        orphans.remove(line);
      }
      return;
    }
    SimulatedFrontend frontend = cluster.frontends.get(near.host() - 1);
    if (!zombies.isEmpty() && random.nextInt(4) == 0) {
      frontend = zombies.peek();
    }
    if (frontend.superseded() && frontend == zombies.peek()) {
      zombies.poll().disconnect();
    } else if (frontend.superseded()) {
      replaceFrontend(near.host());
    } else if (!frontend.connected()) {
      SimulatedNode primary = anyPrimary(near);
      if (primary.running()) {
        frontend.connect(primary);
      }
    } else if (random.nextInt(FOLLOW_PRIMARY) == 0
        && frontend.line().node() != anyPrimary(frontend.line().node())) {
      cluster.step(near.named("is where a frontend leaves an old primary"));
      frontend.disconnect();
    } else {
      cluster.step(near.named("is where a frontend acts"));
      frontend.act(cluster.nodes);
    }
  }
}

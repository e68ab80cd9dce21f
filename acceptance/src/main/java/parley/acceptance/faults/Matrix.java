package parley.acceptance.faults;

import static parley.acceptance.lab.Role.COORDINATOR;
import static parley.acceptance.lab.Role.FRONTEND;
import static parley.acceptance.lab.Role.TIMELINE_SERVICE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import parley.acceptance.faults.Goal.BackWithin;
import parley.acceptance.faults.Goal.LibraryPauseAtMost;
import parley.acceptance.faults.Goal.PauseAtMost;
import parley.acceptance.faults.Goal.PauseRatioAtMost;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.fault.ClientsCut;
import parley.acceptance.lab.fault.ClockShift;
import parley.acceptance.lab.fault.Cut;
import parley.acceptance.lab.fault.DiskFull;
import parley.acceptance.lab.fault.DiskLoss;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Hang;
import parley.acceptance.lab.fault.HostLoss;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Nap;
import parley.acceptance.lab.fault.OneWayCut;
import parley.acceptance.lab.fault.PacketLoss;
import parley.acceptance.lab.fault.PowerCut;
import parley.acceptance.lab.fault.SlowLink;
import parley.acceptance.lab.fault.Together;
import parley.acceptance.lab.fault.Unplugged;

/** All cells: every fault in every part that makes a difference, with what must be reached. */
final class Matrix {

  private static final Goal UNNOTICED = new PauseRatioAtMost(1.5);
  private static final Goal FAILOVER = new PauseAtMost(0.5);
  private static final Goal GOT_OVER = LibraryPauseAtMost.KILLED;
  private static final Goal GOT_OVER_CUT = LibraryPauseAtMost.CUT_OFF;
  private static final Goal BACK = new BackWithin(5);
  private static final Goal BACK_AFTER_CUT = new BackWithin(6);

  // A hung process is noticed after some probes, and then its successor starts.
  private static final Duration HANG_WINDOW = Duration.ofSeconds(20);
  private static final Duration NAP = Duration.ofSeconds(6);
  private static final Duration MOMENT = Duration.ofSeconds(5);
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Duration TEN_HOURS = Duration.ofHours(10);
  private static final double LOSS = 0.2;
  private static final int SLOW_KILOBITS = 2_000;
  private static final int DISK_MEBIBYTES = 512;

  private static final Predicate<Situation> PRIMARY_LEADS_ZOOKEEPER =
      situation -> situation.primary() == situation.zooKeeperLeader();
  private static final Predicate<Situation> PRIMARY_FOLLOWS_ZOOKEEPER =
      PRIMARY_LEADS_ZOOKEEPER.negate();

  // The host whose frontend has no clients where another has none.
  private static final int IDLE = 3;

  private Matrix() {}

  /** In the order of the table. */
  static List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    cells.addAll(kills());
    cells.addAll(hangs());
    cells.addAll(networks());
    cells.addAll(hosts());
    cells.addAll(clocks());
    cells.addAll(disks());
    return List.copyOf(cells);
  }

  private static List<Cell> kills() {
    return List.of(
        Cell.healing(
                "kill-primary",
                "kill -9 of the primary",
                s -> new Kill(TIMELINE_SERVICE, s.primary()),
                FAILOVER,
                GOT_OVER,
                BACK)
            .plot(),
        Cell.healing(
                "kill-primary-after-coordinator",
                "kill -9 of the primary after its coordinator was killed and restarted",
                s -> new Kill(TIMELINE_SERVICE, s.primary()),
                FAILOVER,
                GOT_OVER,
                BACK)
            .after(s -> new Kill(COORDINATOR, s.primary())),
        Cell.healing(
            "kill-primary-and-zookeeper-leader",
            "kill -9 of the primary and of ZooKeeper's leader at once",
            s ->
                new Together(
                    new Kill(TIMELINE_SERVICE, s.primary()),
                    new Kill(COORDINATOR, s.zooKeeperLeader())),
            BACK),
        Cell.healing(
            "kill-standby",
            "kill -9 of a standby",
            s -> new Kill(TIMELINE_SERVICE, s.standby()),
            UNNOTICED,
            GOT_OVER,
            BACK),
        Cell.healing(
            "kill-frontend",
            "kill -9 of a frontend with clients (others' pauses)",
            s -> new Kill(FRONTEND, s.standbyInUse()),
            UNNOTICED,
            GOT_OVER,
            BACK),
        Cell.healing(
            "kill-frontend-of-primary",
            "kill -9 of the frontend on the primary's host (others' pauses)",
            s -> new Kill(FRONTEND, s.primary()),
            UNNOTICED,
            GOT_OVER,
            BACK),
        Cell.healing(
                "kill-idle-frontend",
                "kill -9 of a frontend without clients",
                s -> new Kill(FRONTEND, IDLE),
                UNNOTICED,
                GOT_OVER,
                BACK)
            .withClientsAt(1, 2),
        Cell.healing(
                "kill-coordinator",
                "kill -9 of a standby's coordinator, which follows in ZooKeeper",
                s -> new Kill(COORDINATOR, s.zooKeeperFollower()),
                UNNOTICED,
                GOT_OVER,
                BACK)
            .when(s -> s.zooKeeperFollower() != s.primary()),
        Cell.healing(
                "kill-zookeeper-leader",
                "kill -9 of the coordinator that leads ZooKeeper, not the primary's",
                s -> new Kill(COORDINATOR, s.zooKeeperLeader()),
                UNNOTICED,
                GOT_OVER,
                BACK)
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        Cell.healing(
                "kill-coordinator-of-primary",
                "kill -9 of the primary's coordinator, which follows in ZooKeeper",
                s -> new Kill(COORDINATOR, s.primary()),
                UNNOTICED,
                GOT_OVER,
                BACK)
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        Cell.healing(
                "kill-zookeeper-leader-of-primary",
                "kill -9 of the primary's coordinator, which leads ZooKeeper",
                s -> new Kill(COORDINATOR, s.primary()),
                UNNOTICED,
                GOT_OVER,
                BACK)
            .when(PRIMARY_LEADS_ZOOKEEPER));
  }

  private static List<Cell> hangs() {
    return List.of(
        hang(
                "stop-primary",
                "the primary",
                s -> new Hang(TIMELINE_SERVICE, s.primary()),
                new PauseAtMost(2.5))
            .plot(),
        hang("stop-standby", "a standby", s -> new Hang(TIMELINE_SERVICE, s.standby())),
        hang(
            "stop-frontend",
            "a frontend with clients (others' pauses)",
            s -> new Hang(FRONTEND, s.standbyInUse())),
        hang(
            "stop-coordinator", "a standby's coordinator", s -> new Hang(COORDINATOR, s.standby())),
        hang(
            "stop-coordinator-of-primary",
            "the primary's coordinator",
            s -> new Hang(COORDINATOR, s.primary())),
        asleep("pause-primary", "the primary", s -> new Nap(TIMELINE_SERVICE, s.primary())),
        asleep("pause-standby", "a standby", s -> new Nap(TIMELINE_SERVICE, s.standby())),
        asleep(
            "pause-frontend",
            "a frontend with clients (others' pauses)",
            s -> new Nap(FRONTEND, s.standbyInUse())),
        asleep(
            "pause-zookeeper-leader",
            "the coordinator that leads ZooKeeper",
            s -> new Nap(COORDINATOR, s.zooKeeperLeader())));
  }

  // What goes on before supervision gives it up, though others have.
  private static Cell asleep(String id, String whom, Function<Situation, Fault> fault) {
    return Cell.lasting(id, "SIGSTOP of %s, SIGCONT 6 s later".formatted(whom), NAP, fault);
  }

  private static Cell hang(
      String id, String whom, Function<Situation, Fault> fault, Goal... goals) {
    return Cell.healing(id, "SIGSTOP of " + whom, fault, goals).watched(HANG_WINDOW);
  }

  private static List<Cell> networks() {
    return List.of(
        Cell.lasting(
                "unplug-primary",
                "interface of the primary's host down",
                SHORT,
                s -> new Unplugged(s.primary()),
                new PauseAtMost(3.5),
                GOT_OVER_CUT)
            .when(PRIMARY_FOLLOWS_ZOOKEEPER)
            .plot(),
        Cell.lasting(
                "unplug-primary-zookeeper-leader",
                "the same, and that host leads ZooKeeper",
                SHORT,
                s -> new Unplugged(s.primary()),
                new PauseAtMost(6),
                GOT_OVER_CUT)
            .when(PRIMARY_LEADS_ZOOKEEPER)
            .plot(),
        Cell.lasting(
            "unplug-standby",
            "interface of a standby's host down",
            SHORT,
            s -> new Unplugged(s.standbyInUse()),
            GOT_OVER_CUT),
        Cell.returning(
                "return-standby",
                "a standby's host comes back after its interface was down for a minute",
                MINUTE,
                s -> new Unplugged(s.standby()),
                UNNOTICED,
                BACK_AFTER_CUT)
            .plot(),
        Cell.returning(
            "return-primary",
            "the same, and the host was the primary's before",
            MINUTE,
            s -> new Unplugged(s.primary()),
            UNNOTICED,
            BACK_AFTER_CUT),
        Cell.lasting(
            "cut-primary-standby",
            "primary and a standby do not see each other",
            SHORT,
            s -> new Cut(s.primary(), s.standby())),
        Cell.lasting(
            "cut-standbys",
            "the standbys do not see each other",
            SHORT,
            s -> new Cut(s.standby(), s.otherStandby())),
        Cell.lasting(
            "cut-from-primary",
            "what the primary sends to a standby is lost",
            SHORT,
            s -> new OneWayCut(s.primary(), s.standby())),
        Cell.lasting(
            "cut-to-primary",
            "what a standby sends to the primary is lost",
            SHORT,
            s -> new OneWayCut(s.standby(), s.primary())),
        isolated("isolate-primary", "the primary's", true).plot(),
        isolated("isolate-standby", "a standby's", false),
        Cell.lasting(
            "cut-clients",
            "a host does not see its clients (others' pauses)",
            SHORT,
            s -> new ClientsCut(s.standbyInUse()),
            UNNOTICED,
            GOT_OVER_CUT),
        Cell.lasting(
            "loss-primary",
            "20 % of the packets to the primary's host lost",
            SHORT,
            s -> new PacketLoss(s.primary(), LOSS)),
        Cell.lasting(
            "loss-standby",
            "20 % of the packets to a standby's host lost",
            SHORT,
            s -> new PacketLoss(s.standbyInUse(), LOSS)),
        Cell.lasting(
            "slow-primary",
            "link of the primary's host at 2 Mbit/s",
            SHORT,
            s -> new SlowLink(s.primary(), SLOW_KILOBITS)),
        Cell.lasting(
            "slow-standby",
            "link of a standby's host at 2 Mbit/s",
            SHORT,
            s -> new SlowLink(s.standbyInUse(), SLOW_KILOBITS)));
  }

  // Its frontend keeps what it takes, and nobody's stream breaks.
  private static Cell isolated(String id, String whose, boolean primary) {
    return Cell.lasting(
            id,
            "%s host sees its clients and no other host (others' pauses)".formatted(whose),
            SHORT,
            s -> {
              int host = primary ? s.primary() : s.standbyInUse();
              int[] others = IntStream.of(1, 2, 3).filter(other -> other != host).toArray();
              return new Together(new Cut(host, others[0]), new Cut(host, others[1]));
            },
            GOT_OVER_CUT)
        .aside(s -> Set.of(primary ? s.primary() : s.standbyInUse()));
  }

  private static List<Cell> hosts() {
    return List.of(
        Cell.lasting(
                "kill-host-primary",
                "everything on the primary's host killed, started 10 s later",
                SHORT,
                s -> new HostLoss(s.primary()))
            .plot(),
        Cell.lasting(
            "kill-host-standby",
            "everything on a standby's host killed, started 10 s later",
            SHORT,
            s -> new HostLoss(s.standbyInUse())),
        Cell.lasting(
            "empty-primary",
            "the primary's host lost with its disk, started empty 10 s later",
            SHORT,
            s -> new DiskLoss(s.primary())),
        Cell.lasting(
            "empty-standby",
            "a standby's host lost with its disk, started empty 10 s later",
            SHORT,
            s -> new DiskLoss(s.standbyInUse())),
        Cell.lasting(
            "kill-all",
            "everything on all hosts killed and started (pause of all)",
            Duration.ofSeconds(1),
            s -> new PowerCut()));
  }

  private static List<Cell> clocks() {
    return List.of(
        clock("clock-primary-forward", "the primary's", true, TEN_HOURS),
        clock("clock-primary-back", "the primary's", true, TEN_HOURS.negated()),
        clock("clock-standby-forward", "a standby's", false, TEN_HOURS),
        clock("clock-standby-back", "a standby's", false, TEN_HOURS.negated()));
  }

  private static Cell clock(String id, String whose, boolean primary, Duration by) {
    return Cell.lasting(
            id,
            "clock of %s host set 10 h %s".formatted(whose, by.isNegative() ? "back" : "forward"),
            MOMENT,
            s -> new ClockShift(primary ? s.primary() : s.standby(), by),
            UNNOTICED)
        .on(Equipment.PLAIN.withClocks());
  }

  private static List<Cell> disks() {
    return List.of(
        disk("full-primary", "the primary's", true), disk("full-standby", "a standby's", false));
  }

  private static Cell disk(String id, String whose, boolean primary) {
    return Cell.lasting(
            id,
            "disk of %s host full".formatted(whose),
            HALF_A_MINUTE,
            s -> new DiskFull(primary ? s.primary() : s.standby()))
        .on(Equipment.PLAIN.withDisks(DISK_MEBIBYTES));
  }
}

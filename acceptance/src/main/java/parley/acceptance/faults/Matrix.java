package parley.acceptance.faults;

import static parley.acceptance.lab.Role.COORDINATOR;
import static parley.acceptance.lab.Role.FRONTEND;
import static parley.acceptance.lab.Role.TIMELINE_SERVICE;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
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
  // As for a hung primary: where there is a way round, taking it is no harder than an election.
  private static final Goal WAY_ROUND = new PauseAtMost(2.5);
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
      Situation::primaryLeadsZooKeeper;
  private static final Predicate<Situation> PRIMARY_FOLLOWS_ZOOKEEPER =
      PRIMARY_LEADS_ZOOKEEPER.negate();

  private static final Set<String> MAIN =
      Set.of(
          "kill-primary",
          "stop-primary",
          "unplug-primary",
          "unplug-primary-zookeeper-leader",
          "return-standby",
          "isolate-primary",
          "kill-host-primary");

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
    return cells.stream().map(cell -> MAIN.contains(cell.id()) ? cell.plot() : cell).toList();
  }

  // One fault of a whole host in each part that a host can play.
  private static List<Cell> eachPart(
      String id, String name, Duration time, IntFunction<Fault> fault, Goal... goals) {
    return Arrays.stream(Part.values())
        .map(
            part ->
                Cell.lasting(
                        id.formatted(part.id()),
                        name.formatted(part.words()),
                        time,
                        situation -> fault.apply(part.host(situation)),
                        goals)
                    .when(part::isPlayed))
        .toList();
  }

  private static List<Cell> join(List<List<Cell>> groups) {
    return groups.stream().flatMap(List::stream).toList();
  }

  private static List<Cell> kills() {
    return List.of(
        Cell.healing(
            "kill-primary",
            "kill -9 of the primary",
            s -> new Kill(TIMELINE_SERVICE, s.primary()),
            FAILOVER,
            GOT_OVER,
            BACK),
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
            new PauseAtMost(2.5)),
        hang("stop-standby", "a standby", s -> new Hang(TIMELINE_SERVICE, s.standby())),
        hang(
            "stop-frontend",
            "a frontend with clients (others' pauses)",
            s -> new Hang(FRONTEND, s.standbyInUse())),
        hang("stop-idle-frontend", "a frontend without clients", s -> new Hang(FRONTEND, IDLE))
            .withClientsAt(1, 2),
        hang(
            "stop-coordinator",
            "a standby's coordinator, which follows in ZooKeeper",
            s -> new Hang(COORDINATOR, s.standby())),
        hang(
            "stop-coordinator-of-primary",
            "the primary's coordinator",
            s -> new Hang(COORDINATOR, s.primary())),
        hang(
                "stop-zookeeper-leader",
                "the coordinator that leads ZooKeeper, not the primary's",
                s -> new Hang(COORDINATOR, s.zooKeeperLeader()))
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        asleep("pause-primary", "the primary", s -> new Nap(TIMELINE_SERVICE, s.primary())),
        asleep("pause-standby", "a standby", s -> new Nap(TIMELINE_SERVICE, s.standby())),
        asleep(
            "pause-frontend",
            "a frontend with clients (others' pauses)",
            s -> new Nap(FRONTEND, s.standbyInUse())),
        asleep("pause-idle-frontend", "a frontend without clients", s -> new Nap(FRONTEND, IDLE))
            .withClientsAt(1, 2),
        asleep(
            "pause-coordinator",
            "a coordinator that follows in ZooKeeper",
            s -> new Nap(COORDINATOR, s.zooKeeperFollower())),
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
    return join(
        List.of(
            unplugged(),
            returns(),
            partialCuts(),
            isolations(),
            List.of(
                Cell.lasting(
                    "cut-clients",
                    "a host does not see its clients (others' pauses)",
                    SHORT,
                    s -> new ClientsCut(s.standbyInUse()),
                    UNNOTICED,
                    GOT_OVER_CUT)),
            eachPart(
                "loss-%s",
                "20 %% of the packets to %s lost", SHORT, host -> new PacketLoss(host, LOSS)),
            eachPart(
                "slow-%s",
                "link of %s at 2 Mbit/s", SHORT, host -> new SlowLink(host, SLOW_KILOBITS))));
  }

  private static List<Cell> unplugged() {
    return List.of(
        Cell.lasting(
                "unplug-primary",
                "interface of the primary's host down",
                SHORT,
                s -> new Unplugged(s.primary()),
                new PauseAtMost(3.5),
                GOT_OVER_CUT)
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        Cell.lasting(
                "unplug-primary-zookeeper-leader",
                "the same, and that host leads ZooKeeper",
                SHORT,
                s -> new Unplugged(s.primary()),
                new PauseAtMost(6),
                GOT_OVER_CUT)
            .when(PRIMARY_LEADS_ZOOKEEPER),
        Cell.lasting(
            "unplug-standby",
            "interface of a standby's host down",
            SHORT,
            s -> new Unplugged(s.standbyInUse()),
            GOT_OVER_CUT),
        Cell.lasting(
                "unplug-zookeeper-leader",
                "the same, and that host leads ZooKeeper",
                SHORT,
                s -> new Unplugged(s.zooKeeperLeader()),
                GOT_OVER_CUT)
            .when(PRIMARY_FOLLOWS_ZOOKEEPER));
  }

  private static List<Cell> returns() {
    return List.of(
        returning(
            "return-standby",
            "a standby's host comes back after its interface was down for a minute",
            s -> new Unplugged(s.standby())),
        returning(
            "return-primary",
            "the same, and the host was the primary's before",
            s -> new Unplugged(s.primary())),
        returning(
                "return-zookeeper-leader",
                "the same, and the host led ZooKeeper before, with a standby",
                s -> new Unplugged(s.zooKeeperLeader()))
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        Cell.returning(
                "return-isolated",
                "a standby's host sees other hosts again after a minute with its clients alone"
                    + " (others' pauses)",
                MINUTE,
                s -> isolation(s.standbyInUse()),
                BACK_AFTER_CUT)
            .aside(s -> Set.of(s.standbyInUse())));
  }

  private static Cell returning(String id, String name, Function<Situation, Fault> fault) {
    return Cell.returning(id, name, MINUTE, fault, UNNOTICED, BACK_AFTER_CUT);
  }

  private static List<Cell> partialCuts() {
    return List.of(
        cut(
            "cut-primary-standby",
            "primary and a standby do not see each other",
            s -> new Cut(s.primary(), s.standby())),
        cut(
                "cut-primary-zookeeper-leader",
                "primary and the standby whose host leads ZooKeeper do not see each other",
                s -> new Cut(s.primary(), s.zooKeeperLeader()))
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        cut(
                "cut-standbys",
                "the standbys do not see each other, and both hosts follow in ZooKeeper",
                s -> new Cut(s.standby(), s.otherStandby()))
            .when(PRIMARY_LEADS_ZOOKEEPER),
        cut(
                "cut-standbys-zookeeper-leader",
                "the standbys do not see each other, and one's host leads ZooKeeper",
                s -> new Cut(s.standby(), s.otherStandby()))
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        cut(
            "cut-from-primary",
            "what the primary sends to a standby is lost",
            s -> new OneWayCut(s.primary(), s.standby())),
        cut(
            "cut-to-primary",
            "what a standby sends to the primary is lost",
            s -> new OneWayCut(s.standby(), s.primary())),
        cut(
                "cut-to-zookeeper-leader",
                "what the primary sends to the standby whose host leads ZooKeeper is lost",
                s -> new OneWayCut(s.primary(), s.zooKeeperLeader()))
            .when(PRIMARY_FOLLOWS_ZOOKEEPER),
        cut(
                "cut-from-zookeeper-leader",
                "what the standby whose host leads ZooKeeper sends to the primary is lost",
                s -> new OneWayCut(s.zooKeeperLeader(), s.primary()))
            .when(PRIMARY_FOLLOWS_ZOOKEEPER));
  }

  private static Cell cut(String id, String name, Function<Situation, Fault> fault) {
    return Cell.lasting(id, name, SHORT, fault, WAY_ROUND);
  }

  // Its frontend keeps what it takes, and nobody's stream breaks.
  private static List<Cell> isolations() {
    return Arrays.stream(Part.values())
        .map(
            part ->
                Cell.lasting(
                        "isolate-" + part.id(),
                        "%s sees its clients and no other host (others' pauses)"
                            .formatted(part.words()),
                        SHORT,
                        s -> isolation(part.host(s)),
                        GOT_OVER_CUT)
                    .when(part::isPlayed)
                    .aside(s -> Set.of(part.host(s))))
        .toList();
  }

  private static Fault isolation(int host) {
    int[] others = IntStream.of(1, 2, 3).filter(other -> other != host).toArray();
    return new Together(new Cut(host, others[0]), new Cut(host, others[1]));
  }

  private static List<Cell> hosts() {
    return join(
        List.of(
            eachPart(
                "kill-host-%s",
                "everything on %s killed, started 10 s later", SHORT, HostLoss::new),
            eachPart(
                "empty-%s",
                "%s lost with its disk, started empty 10 s later", SHORT, DiskLoss::new),
            List.of(
                Cell.lasting(
                    "kill-all",
                    "everything on all hosts killed and started (pause of all)",
                    Duration.ofSeconds(1),
                    s -> new PowerCut()))));
  }

  private static List<Cell> clocks() {
    return join(List.of(clock("forward", TEN_HOURS), clock("back", TEN_HOURS.negated())));
  }

  private static List<Cell> clock(String direction, Duration by) {
    return eachPart(
            "clock-%s-" + direction,
            "clock of %s set 10 h " + direction,
            MOMENT,
            host -> new ClockShift(host, by),
            UNNOTICED)
        .stream()
        .map(cell -> cell.on(Equipment.PLAIN.withClocks()))
        .toList();
  }

  // For half a minute, or until its timeline service has died of it.
  private static List<Cell> disks() {
    return eachPart("full-%s", "disk of %s full", HALF_A_MINUTE, DiskFull::new).stream()
        .map(cell -> cell.on(Equipment.PLAIN.withDisks(DISK_MEBIBYTES)))
        .toList();
  }
}

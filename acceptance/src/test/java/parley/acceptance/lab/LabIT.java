package parley.acceptance.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.fault.ClientsCut;
import parley.acceptance.lab.fault.ClockShift;
import parley.acceptance.lab.fault.Cut;
import parley.acceptance.lab.fault.DiskFull;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.OneWayCut;
import parley.acceptance.lab.fault.PacketLoss;
import parley.acceptance.lab.fault.SlowLink;
import parley.acceptance.lab.fault.Unplugged;

/** What a fault is said to break is broken, nothing else, and whole again when it is healed. */
@InLaboratory
class LabIT {

  private static final int CLIENTS = 0;
  private static final int MANY = 200;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final int DISK_MEBIBYTES = 64;
  private static final Patience PATIENCE =
      new Patience(Duration.ofSeconds(60)).lookingEvery(Duration.ofMillis(50));

  private static final DateTimeFormatter LOG_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private static LocalCluster hosts;
  private static Datagrams datagrams;

  @BeforeAll
  static void prepare() throws Exception {
    Network network = Network.ofThisProcess();
    datagrams = new Datagrams(network);
    Equipment all = Equipment.PLAIN.withClocks().withDisks(DISK_MEBIBYTES);
    hosts = LocalCluster.create(RealHosts.home(), network, all);
    if (network.wires().isPresent()) {
      assertAllWhole();
    }
  }

  @AfterAll
  static void close() {
    Path folder = hosts.conf().getParent();
    hosts.close();
    assertThat(folder).doesNotExist();
  }

  @Test
  void unpluggedHostReachesNobodyAndNobodyReachesIt() throws Exception {
    Injury injury = inject(new Unplugged(1));
    assertNoneArrives(2, 1);
    assertNoneArrives(1, 2);
    assertNoneArrives(CLIENTS, 1);
    assertAllArrive(2, 3);
    injury.heal();
    assertAllWhole();
  }

  @Test
  void cutIsBetweenTwoHostsOnly() throws Exception {
    Injury injury = inject(new Cut(1, 2));
    assertNoneArrives(1, 2);
    assertNoneArrives(2, 1);
    assertAllArrive(1, 3);
    assertAllArrive(3, 2);
    assertAllArrive(CLIENTS, 1);
    injury.heal();
    assertAllWhole();
  }

  @Test
  void oneWayCutIsOneWay() throws Exception {
    Injury injury = inject(new OneWayCut(1, 2));
    assertNoneArrives(1, 2);
    assertAllArrive(2, 1);
    injury.heal();
    assertAllWhole();
  }

  @Test
  void hostCutFromItsClientsStillSeesTheOthers() throws Exception {
    Injury injury = inject(new ClientsCut(1));
    assertNoneArrives(CLIENTS, 1);
    assertAllArrive(2, 1);
    assertAllArrive(CLIENTS, 2);
    injury.heal();
    assertAllWhole();
  }

  @Test
  void someOfManyPacketsAreLost() throws Exception {
    Injury injury = inject(new PacketLoss(1, 0.3));
    assertSomeArrive(2, 1);
    assertAllArrive(2, 3);
    injury.heal();
    assertAllWhole();
  }

  @Test
  void slowLinkDoesNotCarryABurst() throws Exception {
    Injury injury = inject(new SlowLink(1, 64));
    assertSomeArrive(2, 1);
    assertSomeArrive(1, 2);
    assertAllArrive(2, 3);
    injury.heal();
    assertAllWhole();
  }

  @Test
  void fullDiskIsFullAndTheOthersAreNot() throws Exception {
    Injury injury = inject(new DiskFull(1));
    byte[] page = new byte[1 << 12];
    Path fresh = Path.of("fresh");
    assertThatThrownBy(() -> Files.write(hosts.data(1).resolve(fresh), page))
        .isInstanceOf(IOException.class);
    Files.write(hosts.data(2).resolve(fresh), page);
    injury.heal();
    Files.write(hosts.data(1).resolve(fresh), page);
  }

  @Test
  void clockIsWrongForAllProcessesOfOneHost() throws Exception {
    inject(new ClockShift(2, Duration.ofHours(10)));
    // Two are enough to serve.
    List<ScriptRun> starts = List.of(hosts.beginStart(1), hosts.beginStart(2));
    for (ScriptRun start : starts) {
      start.await(START_TIMEOUT).orThrow();
    }
    for (Role role : Role.values()) {
      assertThat(hoursAhead(role, 1)).isZero();
      assertThat(hoursAhead(role, 2)).isEqualTo(10);
    }
    inject(new ClockShift(2, Duration.ofHours(-10)));
    new Kill(Role.FRONTEND, 2).inject(hosts);
    PATIENCE.await("the coordinator's log says so", () -> hoursAhead(Role.COORDINATOR, 2) == -10);
    PATIENCE.await("the new one inherits it", () -> hoursAhead(Role.FRONTEND, 2) == -10);
  }

  private static long hoursAhead(Role role, int host) throws IOException {
    List<String> lines = Files.readAllLines(hosts.log(role, host));
    LocalDateTime written =
        LocalDateTime.parse(lines.get(lines.size() - 1).substring(0, 23).replace(' ', 'T'));
    return Math.round(Duration.between(LocalDateTime.now(), written).toMinutes() / 60.0);
  }

  private static Injury inject(Fault fault) throws IOException, InterruptedException {
    assumeThat(fault.obstacle(hosts)).as(fault.name()).isEmpty();
    return fault.inject(hosts);
  }

  private static void assertAllWhole() throws IOException, InterruptedException {
    for (int from = CLIENTS; from <= Hosts.COUNT; from++) {
      for (int to = 1; to <= Hosts.COUNT; to++) {
        if (from != to) {
          assertAllArrive(from, to);
        }
      }
    }
  }

  private static void assertAllArrive(int from, int to) throws IOException, InterruptedException {
    awaitOneOf(from, to);
    long before = datagrams.received(to);
    datagrams.send(from, to, MANY);
    // A busy kernel takes its time to count.
    PATIENCE.await(
        "all of %d to %d have arrived".formatted(from, to),
        () -> datagrams.received(to) - before >= MANY);
    assertThat(datagrams.received(to) - before).as("%d to %d", from, to).isEqualTo(MANY);
  }

  // The first ones may wait until the other's hardware address is known.
  private static void awaitOneOf(int from, int to) throws IOException, InterruptedException {
    long before = datagrams.received(to);
    PATIENCE.await(
        from + " reaches " + to,
        () -> {
          datagrams.send(from, to, 1);
          return datagrams.received(to) > before;
        });
  }

  private static void assertNoneArrives(int from, int to) throws IOException, InterruptedException {
    assertThat(arriving(from, to)).as("%d to %d", from, to).isZero();
  }

  private static void assertSomeArrive(int from, int to) throws IOException, InterruptedException {
    awaitOneOf(from, to);
    assertThat(arriving(from, to)).as("%d to %d", from, to).isBetween(1L, MANY - 1L);
  }

  private static long arriving(int from, int to) throws IOException, InterruptedException {
    long before = datagrams.received(to);
    datagrams.send(from, to, MANY);
    return datagrams.received(to) - before;
  }
}

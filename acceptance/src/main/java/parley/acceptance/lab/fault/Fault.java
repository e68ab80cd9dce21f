package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;

/**
 * Something that goes wrong on given hosts. A value: it can be injected as often as one likes, and
 * remembers nothing.
 */
public sealed interface Fault
    permits ClientsCut,
        ClockShift,
        Cut,
        DiskFull,
        DiskLoss,
        HostLoss,
        OfProcess,
        OneWayCut,
        PacketLoss,
        PowerCut,
        SlowLink,
        Together,
        Unplugged {

  /** What it is, for people: {@code kill -9 of the frontend of host 2}. */
  String name();

  /**
   * The hosts whose frontends' own clients may notice: their connections may end, or their posts
   * wait longer than those of all others.
   */
  Set<Integer> frontendsHit();

  /** Why it cannot be done to these hosts; nothing if it can. */
  Optional<String> obstacle(LocalCluster hosts);

  /**
   * Does it. There is no obstacle.
   *
   * @throws IOException if it could not be done, such as to a process that does not run
   */
  Injury inject(LocalCluster hosts) throws IOException, InterruptedException;
}

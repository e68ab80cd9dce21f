package parley.acceptance.faults;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Hang;
import parley.acceptance.lab.fault.Kill;
import parley.acceptance.lab.fault.Unplugged;

/**
 * Faults by the rule: at most one process killed, or one interface down, within any 30 s. A hung
 * process counts as killed, since that is what becomes of it. The same seed gives the same faults.
 */
final class RandomFaults {

  /** Between the end of a fault and the beginning of the next. */
  static final Duration APART = Duration.ofSeconds(30);

  private static final int DOWN_MIN_MS = 1_000;
  private static final int DOWN_MAX_MS = 20_000;
  private static final int MORE_APART_MAX_MS = 5_000;
  // Of so many faults, on average, so many are not kills.
  private static final int KINDS = 10;
  private static final int UNPLUGGED = 3;
  private static final int HUNG = 1;

  private final RandomGenerator random;
  private final boolean wired;
  private final OptionalInt spared;

  /**
   * @param wired whether there are interfaces to take down
   * @param spared a host of which no process is hit; what else is done to whom is the same
   */
  RandomFaults(RandomGenerator random, boolean wired, OptionalInt spared) {
    this.random = random;
    this.wired = wired;
    this.spared = spared;
  }

  /**
   * The next fault.
   *
   * @param lasts how long until it is healed; zero for what heals by itself
   * @param rest how long nothing happens after that
   */
  record Planned(Fault fault, Duration lasts, Duration rest) {}

  Planned next() {
    int host = 1 + random.nextInt(Hosts.COUNT);
    Role role = Role.values()[random.nextInt(Role.values().length)];
    int kind = random.nextInt(KINDS);
    Duration down = Duration.ofMillis(random.nextInt(DOWN_MIN_MS, DOWN_MAX_MS));
    Duration rest = APART.plusMillis(random.nextInt(MORE_APART_MAX_MS));
    if (wired && kind < UNPLUGGED) {
      return new Planned(new Unplugged(host), down, rest);
    }
    int victim = spared.equals(OptionalInt.of(host)) ? host % Hosts.COUNT + 1 : host;
    Fault fault = kind >= KINDS - HUNG ? new Hang(role, victim) : new Kill(role, victim);
    return new Planned(fault, Duration.ZERO, rest);
  }
}

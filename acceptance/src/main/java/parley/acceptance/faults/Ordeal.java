package parley.acceptance.faults;

import java.io.IOException;
import java.util.OptionalLong;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.fault.Fault;
import parley.acceptance.lab.fault.Injury;
import parley.acceptance.load.Load;

/**
 * A fault that is done to hosts under load, from its beginning until what it hit serves again; the
 * load's history says from when to when its users may be hit. For one thread.
 */
final class Ordeal implements AutoCloseable {

  private final LocalCluster hosts;
  private final Harm harm;
  private final Injury injury;
  private final boolean healsItself;
  private final long beganAt;
  private long healedAt;
  private Watch watch;
  private long watchedFrom;

  /**
   * Does it.
   *
   * @param healsItself whether what is hit comes back by itself; else only after {@link #heal}
   */
  Ordeal(LocalCluster hosts, Load load, Fault fault, boolean healsItself)
      throws IOException, InterruptedException {
    this.hosts = hosts;
    this.harm = new Harm(load, fault);
    this.healsItself = healsItself;
    harm.begin();
    this.beganAt = System.nanoTime();
    this.injury = fault.inject(hosts);
    watchFrom(beganAt);
  }

  private void watchFrom(long moment) {
    watchedFrom = moment;
    watch = new Watch(hosts, injury.victims());
  }

  /** When it was done, on the nanosecond clock. */
  long beganAt() {
    return beganAt;
  }

  /** When {@link #heal} was called, on the nanosecond clock. */
  long healedAt() {
    return healedAt;
  }

  /** Ends what does not end by itself. To be called once. */
  void heal() throws IOException, InterruptedException {
    healedAt = System.nanoTime();
    injury.heal();
    if (!healsItself) {
      watch.close();
      watchFrom(healedAt);
    }
  }

  /** Whether everything has ended that the fault ends. */
  boolean hasStruck() {
    return hosts.processes().stream().noneMatch(injury.victims()::contains);
  }

  boolean isOver() {
    return watch.servingAt().isPresent();
  }

  /**
   * After how many seconds all that was hit served again: after the beginning if it heals by
   * itself, else after it was healed. Not a number as long as it does not serve.
   */
  double backAfter() {
    OptionalLong at = watch.servingAt();
    return at.isPresent() ? Spared.seconds(at.getAsLong() - watchedFrom) : Double.NaN;
  }

  /** Ends the watch. If it is over, users must not be hit any more. */
  @Override
  public void close() {
    watch.close();
    if (isOver()) {
      harm.end();
    }
  }
}

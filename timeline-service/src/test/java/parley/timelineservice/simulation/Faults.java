package parley.timelineservice.simulation;

import java.util.random.RandomGenerator;

/**
 * How often what goes wrong in one run: each rate is drawn anew, many are none, so that runs differ
 * in kind and not only in order.
 *
 * <p>The first group are weights among {@value #WEIGHTS} per step, the second per cent of messages.
 */
record Faults(
    int crash,
    int cut,
    int wipe,
    int latch,
    int failover,
    int pause,
    int slowDisk,
    int busy,
    int frontendDeath,
    int lineBreak,
    int lossPercent,
    int doublePercent,
    int latePercent,
    boolean inOrder,
    boolean zooKeeperForgets) {

  static final int WEIGHTS = 10_000;

  static Faults draw(RandomGenerator random) {
    return new Faults(
        rate(random, 30),
        rate(random, 20),
        rate(random, 20),
        2 + random.nextInt(30),
        rate(random, 80),
        rate(random, 12),
        rate(random, 12),
        rate(random, 200),
        rate(random, 20),
        rate(random, 50),
        rate(random, 25),
        rate(random, 10),
        rate(random, 4),
        random.nextBoolean(),
        random.nextBoolean());
  }

  private static int rate(RandomGenerator random, int most) {
    return random.nextBoolean() ? 0 : random.nextInt(most + 1);
  }
}

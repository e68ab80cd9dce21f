package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code make simulate}: replays one seed, or searches on all cores with fresh ones and tells how
 * far it has come. Ends with 1 and the failed run's story as soon as something does not hold.
 *
 * <p>System properties: {@code seed} and {@code hosts} for one run; {@code minutes} for a search.
 */
final class Simulate {

  private static final int[] HOSTS = {3, 3, 5, 4};
  private static final long TELL_EVERY_SECONDS = 10;

  private final long deadline;
  private final AtomicReference<AssertionError> failed = new AtomicReference<>();
  private final List<Searcher> searchers = new ArrayList<>();

  private Simulate(double minutes) {
    deadline = System.nanoTime() + (long) (minutes * TimeUnit.MINUTES.toNanos(1));
  }

  public static void main(String[] args) throws InterruptedException {
    String seed = System.getProperty("seed", "");
    if (seed.isEmpty()) {
      double minutes = Double.parseDouble(System.getProperty("minutes", "1"));
      System.exit(new Simulate(minutes).search() ? 0 : 1);
    }
    int hosts = Integer.parseInt(System.getProperty("hosts", "3"));
    Tally tally = new Tally();
    try {
      new Simulation(Long.parseLong(seed), hosts).run(tally);
      System.out.println("seed " + seed + " of " + hosts + " hosts: no violation, " + tally);
    } catch (Simulation.Failure e) {
      System.out.println(e.getMessage());
      System.exit(1);
    }
  }

  private boolean search() throws InterruptedException {
    long begun = System.nanoTime();
    for (int i = Runtime.getRuntime().availableProcessors(); i > 0; i--) {
      Searcher searcher = new Searcher();
      searchers.add(searcher);
      searcher.start();
    }
    for (Searcher searcher : searchers) {
      while (searcher.isAlive()) {
        searcher.join(TimeUnit.SECONDS.toMillis(TELL_EVERY_SECONDS));
        System.out.println(total().progress());
      }
    }
    if (failed.get() != null) {
      System.out.println(failed.get().getMessage());
      return false;
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    Tally total = total();
    System.out.printf(
        "%s%n%,.0f steps per second on %d cores, no violation%n",
        total, total.steps() / seconds, searchers.size());
    return true;
  }

  private Tally total() {
    Tally total = new Tally();
    searchers.forEach(searcher -> searcher.addTo(total));
    return total;
  }

  /** One core's share of the search. */
  private final class Searcher extends Thread {

    private final Tally done = new Tally();

    @Override
    public void run() {
      for (int i = 0; System.nanoTime() < deadline && failed.get() == null; i++) {
        Tally tally = new Tally();
        try {
          long seed = ThreadLocalRandom.current().nextLong();
          new Simulation(seed, HOSTS[i % HOSTS.length]).run(tally);
        } catch (AssertionError e) {
          failed.compareAndSet(null, e);
        }
        synchronized (done) {
          done.add(tally);
        }
      }
    }

    void addTo(Tally total) {
      synchronized (done) {
        total.add(done);
      }
    }
  }
}

package parley.timelineservice.simulation;

/**
 * Searches, or replays one seed: {@code Simulate HOSTS SECONDS [SEED]}. Prints how much was
 * searched, or the violation with its seed.
 */
final class Simulate {

  private Simulate() {}

  public static void main(String[] args) {
    int hosts = Integer.parseInt(args[0]);
    long end = System.nanoTime() + Long.parseLong(args[1]) * 1_000_000_000L;
    boolean single = args.length > 2;
    long seed = single ? Long.parseLong(args[2]) : System.nanoTime();
    long runs = 0;
    long steps = 0;
    long slots = 0;
    long wiped = 0;
    do {
      Simulation simulation = new Simulation(seed, hosts);
      try {
        simulation.run(3_000);
      } catch (AssertionError e) {
        System.out.println("seed " + seed + ", " + hosts + " hosts: " + e.getMessage());
        System.exit(1);
      }
      seed++;
      runs++;
      steps += simulation.steps();
      slots += simulation.chosenSlots();
      wiped += simulation.wiped();
    } while (!single && System.nanoTime() < end);
    System.out.printf(
        "%d hosts: %d runs, %d steps, %d slots chosen, %d disks replaced, no violation%n",
        hosts, runs, steps, slots, wiped);
  }
}

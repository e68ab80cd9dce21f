package parley.client.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import parley.client.HealthProbe;
import parley.client.ServerAddress;

/** Asks several frontends in turn, five times a second, until they serve. */
final class ServingWatch implements AutoCloseable {

  private static final long ASK_EVERY_MS = 200;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  private final Map<ServerAddress, HealthProbe> probes = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "ask-health");
            thread.setDaemon(true);
            return thread;
          });
  // Guarded by this.
  private final Set<ServerAddress> serving = new LinkedHashSet<>();

  ServingWatch(List<ServerAddress> servers) {
    servers.forEach(server -> probes.computeIfAbsent(server, HealthProbe::new));
    timer.scheduleWithFixedDelay(this::askAll, 0, ASK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private void askAll() {
    probes.forEach(
        (server, probe) ->
            probe.serving(ANSWER_WITHIN).thenAccept(serves -> onAnswer(server, serves)));
  }

  private synchronized void onAnswer(ServerAddress server, boolean serves) {
    boolean changed = serves ? serving.add(server) : serving.remove(server);
    if (changed) {
      notifyAll();
    }
  }

  boolean awaitAny(Duration timeout) throws InterruptedException {
    return await(timeout, () -> !serving.isEmpty());
  }

  boolean awaitAll(Duration timeout) throws InterruptedException {
    return await(timeout, () -> serving.size() == probes.size());
  }

  private synchronized boolean await(Duration timeout, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      long remainingMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (remainingMs <= 0) {
        return false;
      }
      wait(remainingMs);
    }
    return true;
  }

  /** The servers that did not serve when asked last, as text. */
  synchronized String notServing() {
    return probes.keySet().stream()
        .filter(server -> !serving.contains(server))
        .map(ServerAddress::toString)
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    timer.shutdownNow();
    probes.values().forEach(HealthProbe::close);
  }
}

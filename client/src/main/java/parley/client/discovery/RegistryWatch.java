package parley.client.discovery;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.ServerAddress;
import parley.client.base.DaemonThreads;
import parley.client.base.Pauses;

/**
 * Watches the frontends of one target for all channels of this JVM that want them.
 *
 * <p>One thread, {@code parley-discovery}, owns everything here; any thread may call, and no method
 * blocks.
 */
final class RegistryWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RegistryWatch.class);
  private static final int TICK_MS = 500;
  private static final int PAUSE_FIRST_MS = 1_000;
  private static final int PAUSE_LAST_MS = 16_000;

  /** So long callers wait before they hear that ZooKeeper does not answer. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(5);

  /** However often channels ask for it, names are not looked up again sooner than this. */
  private static final Duration LOOKUPS_APART = Duration.ofSeconds(5);

  /**
   * Told one by one, the first whose name is known would get all channels; so they wait so long.
   */
  private static final Duration LOOKUPS_TOGETHER = Duration.ofSeconds(2);

  private final ZkTarget target;
  private final ScheduledThreadPoolExecutor thread;
  private final RegistryConnection connection;
  private final NameLookup names;
  private final Pauses lookupPauses = pauses();
  private final KnownFrontends known = new KnownFrontends();
  private final Set<Consumer<View>> listeners = new LinkedHashSet<>();
  private final List<Frontend> remembered;
  private long startedAt;
  private boolean answered;
  private long lookedUpAt;
  private boolean lookupFailed;
  private long lookUpAgainAt;

  /** What the listeners were told last; nothing yet, as long as it is null. */
  private volatile View view;

  /**
   * @param remembered what was known when this target was watched last
   */
  RegistryWatch(ZkTarget target, List<Frontend> remembered) {
    this.target = target;
    this.remembered = List.copyOf(remembered);
    this.thread =
        new ScheduledThreadPoolExecutor(
            1,
            task -> DaemonThreads.named("parley-discovery", task),
            // What comes after close() is not wanted any more.
            new ThreadPoolExecutor.DiscardPolicy());
    this.connection = new RegistryConnection(target, this::execute, this::onEntries, pauses());
    this.names = new NameLookup(this::execute, this::onLookedUp);
  }

  /** Begins to connect; call once. */
  void start() {
    execute(
        () -> {
          startedAt = System.nanoTime();
          lookedUpAt = startedAt;
          known.remember(remembered, startedAt);
          tell();
          connection.open(startedAt);
        });
    thread.scheduleWithFixedDelay(
        () -> guarded(this::tick), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /** Adds a listener, which is called on this watch's thread and must not block. */
  void add(Consumer<View> listener) {
    execute(
        () -> {
          listeners.add(listener);
          if (view != null) {
            listener.accept(view);
          }
        });
  }

  void remove(Consumer<View> listener) {
    execute(() -> listeners.remove(listener));
  }

  /** Somebody could not connect: host names may have got other addresses. */
  void refresh() {
    execute(
        () -> {
          if (System.nanoTime() - lookedUpAt >= LOOKUPS_APART.toNanos()) {
            lookUp(known.registered());
            tell();
          }
        });
  }

  /** All that can be connected to, as far as is known now. */
  List<Frontend> known() {
    List<Frontend> all = new ArrayList<>();
    if (view instanceof View.Frontends frontends) {
      all.addAll(frontends.registered());
      all.addAll(frontends.vanished());
    }
    return all;
  }

  /** Ends the session and all threads soon after. */
  @Override
  public void close() {
    execute(
        () -> {
          listeners.clear();
          names.close();
          connection.close();
        });
    thread.shutdown();
  }

  private void execute(Runnable task) {
    thread.execute(() -> guarded(task));
  }

  /** One task that fails must not end the ticks. */
  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      log.error("Finding frontends at {} has failed and goes on", target.connectString(), e);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    connection.tick(now);
    known.expire(now);
    if (lookupFailed && now - lookUpAgainAt >= 0) {
      lookupFailed = false;
      lookUp(known.unlocated());
    }
    tell();
  }

  private void onEntries(List<ServerAddress> entries) {
    answered = true;
    if (entries.size() > KnownFrontends.COUNT_MAX) {
      log.warn(
          "{} has {} entries; only the first {} are used",
          target.path(),
          entries.size(),
          KnownFrontends.COUNT_MAX);
    }
    known.register(entries, System.nanoTime());
    lookUp(known.unlocated());
    tell();
  }

  private void lookUp(List<ServerAddress> addresses) {
    lookedUpAt = System.nanoTime();
    for (ServerAddress address : addresses) {
      NameLookup.numeric(address)
          .ifPresentOrElse(sockets -> known.locate(address, sockets), () -> names.ask(address));
    }
  }

  private void onLookedUp(ServerAddress address, List<SocketAddress> sockets) {
    if (!sockets.isEmpty()) {
      known.locate(address, sockets);
      lookupPauses.reset();
    } else if (!lookupFailed) {
      lookupFailed = true;
      lookUpAgainAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lookupPauses.nextMs());
    }
    tell();
  }

  private void tell() {
    if (names.busy() && System.nanoTime() - lookedUpAt < LOOKUPS_TOGETHER.toNanos()) {
      return;
    }
    View next = known.frontends().<View>map(frontends -> frontends).orElseGet(this::nothing);
    if (next != null && !next.equals(view)) {
      log.debug("{}: {}", target.path(), next);
      view = next;
      listeners.forEach(listener -> listener.accept(next));
    }
  }

  /** Null as long as callers had better wait. */
  private View nothing() {
    if (!answered) {
      return System.nanoTime() - startedAt < FIRST_ANSWER.toNanos()
          ? null
          : new View.Nothing(
              "no %s is known yet: ZooKeeper at %s does not answer"
                  .formatted(target.service(), target.connectString()));
    }
    List<ServerAddress> unlocated = known.unlocated();
    if (unlocated.isEmpty()) {
      return new View.Nothing(
          "no %s is registered under %s in ZooKeeper at %s: are the hosts running?"
              .formatted(target.service(), target.path(), target.connectString()));
    }
    return new View.Nothing(
        "the names of all that is registered under %s are unknown here: %s"
            .formatted(
                target.path(),
                unlocated.stream().map(ServerAddress::toString).collect(Collectors.joining(", "))));
  }

  private static Pauses pauses() {
    return new Pauses(PAUSE_FIRST_MS, PAUSE_LAST_MS, new SplittableRandom());
  }
}

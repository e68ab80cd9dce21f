package parley.coordinator.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import parley.coordinator.ensemble.EnsemblePeer;
import parley.coordinator.ensemble.PeerState;
import parley.coordinator.supervision.HostProcess;
import parley.coordinator.supervision.Role;

/**
 * The coordinator: this host's ZooKeeper peer, and the supervision of its timeline-service and
 * frontend.
 *
 * <p>Its own loop, the thread {@code coordinator}, says once in a while what the peer does.
 */
public final class CoordinatorMain {
  private static final int LOOK_MS = 250;

  private CoordinatorMain() {}

  /** Takes {@code --conf DIR --host N --data DIR}. */
  public static void main(String[] arguments) {
    HostProcess.run(Role.COORDINATOR, arguments, CoordinatorMain::start);
  }

  private static void start(HostProcess process) throws Exception {
    ScheduledExecutorService loop =
        Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "coordinator"));
    process.probedBy(() -> CompletableFuture.runAsync(() -> {}, loop));
    SessionsOfTheDead sessions = new SessionsOfTheDead(process.config(), process.folder());
    process.supervise(sessions);
    // A peer that has failed may have lost what it had promised: only a new process may go on.
    EnsemblePeer peer =
        new EnsemblePeer(
            process.config(),
            process.config().host(process.arguments().hostId()),
            process.folder(),
            why -> process.halt(why, null));
    peer.start();
    AtomicBoolean rehearsed = new AtomicBoolean();
    loop.scheduleWithFixedDelay(
        () -> {
          if (tell(process, peer.state()) && rehearsed.compareAndSet(false, true)) {
            sessions.rehearse();
          }
        },
        0,
        LOOK_MS,
        TimeUnit.MILLISECONDS);
  }

  /** Says what the peer does, and answers whether it serves. */
  private static boolean tell(HostProcess process, PeerState state) {
    boolean serves = state == PeerState.FOLLOWING || state == PeerState.LEADING;
    if (serves) {
      process.serving();
    } else {
      process.waiting("a majority of the ZooKeeper peers");
    }
    return serves;
  }
}

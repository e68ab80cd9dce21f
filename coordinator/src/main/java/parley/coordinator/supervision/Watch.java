package parley.coordinator.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at one other process of this host, and starts it again where it has died or hangs.
 *
 * <p>Its thread {@code watch-ROLE} goes around: find the process; follow its lifeline until it ends
 * or stays silent; restart. A process counts as hung only by probes that were lost while this
 * watcher was running, or by turns of its own in which no lifeline was to be found; never by the
 * time that has passed.
 */
final class Watch {
  /** What is known of the process. */
  enum Condition {
    /** It runs, or not; it has shown no sign of life yet. */
    UNKNOWN,
    ALIVE,
    HUNG,
    DEAD
  }

  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final Duration TURN = Duration.ofMillis(100);

  /** What a dead process held is freed within milliseconds, or ZooKeeper does not answer now. */
  private static final Duration FREED_WITHIN = Duration.ofMillis(500);

  private final Role role;
  private final RoleFiles files;
  private final Rhythm rhythm;
  private final Restarts restarts;
  private final RestartPauses pauses;
  private final BooleanSupplier mayHeal;
  private final Launcher launcher;
  private final DeathListener deaths;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  private volatile Condition condition = Condition.UNKNOWN;

  /** The process last seen. */
  private OptionalLong pid = OptionalLong.empty();

  private int turnsWithoutLifeLine;

  /**
   * A watch that has not begun.
   *
   * @param mayHeal whether a dead or hung process is to be restarted now; asked each turn
   */
  Watch(
      Role role,
      RoleFiles files,
      Rhythm rhythm,
      Restarts restarts,
      RestartPauses pauses,
      BooleanSupplier mayHeal,
      Launcher launcher,
      DeathListener deaths) {
    this.role = role;
    this.files = files;
    this.rhythm = rhythm;
    this.restarts = restarts;
    this.pauses = pauses;
    this.mayHeal = mayHeal;
    this.launcher = launcher;
    this.deaths = deaths;
    thread = new Thread(this::run, "watch-" + role.label());
    thread.setDaemon(true);
  }

  void begin() {
    thread.start();
  }

  /** What is known of the process at this moment; from any thread. */
  Condition condition() {
    return condition;
  }

  /** Ends the watch; the process goes on. A restart under way is not called back. */
  void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        turn();
      }
    } catch (InterruptedException e) {
      log.debug("No longer watching {}", role.label());
    }
  }

  /** Whatever goes wrong in one turn, the watch goes on: nobody else would do its work. */
  private void turn() throws InterruptedException {
    try {
      OptionalLong running = find();
      if (running.isEmpty()) {
        onDead();
      } else {
        onRunning(running.getAsLong());
      }
    } catch (RuntimeException e) {
      log.error("Looking after the {} failed; trying again", role.label(), e);
      pause(TURN.multipliedBy(10));
    }
  }

  /** Looks first where the process was: in the instant of a death every millisecond counts. */
  private OptionalLong find() {
    OptionalLong found =
        pid.isPresent() && ProcessTable.isProcessOf(pid.getAsLong(), files.lock())
            ? pid
            : ProcessTable.pidOf(files.lock());
    if (found.isPresent() && !found.equals(pid)) {
      pid = found;
      turnsWithoutLifeLine = 0;
      condition = Condition.UNKNOWN;
    }
    return found;
  }

  private void onRunning(long running) throws InterruptedException {
    Optional<Pulse> pulse =
        LifeLineInfo.read(files.info())
            .filter(info -> info.pid() == running)
            .flatMap(info -> Pulse.connect(info.port(), System::nanoTime));
    boolean silent = pulse.isPresent() && !follow(pulse.get());
    if (silent) {
      onHung(running, "has lost " + rhythm.probesLost() + " probes in a row");
    } else if (++turnsWithoutLifeLine > rhythm.lifeLineWithin().dividedBy(TURN)) {
      onHung(running, "has opened no lifeline for " + rhythm.lifeLineWithin().toSeconds() + " s");
    } else if (pulse.isEmpty() || ProcessTable.isProcessOf(running, files.lock())) {
      pause(TURN);
    }
  }

  /** Follows a lifeline until it ends (true) or stays silent though the process runs (false). */
  private boolean follow(Pulse pulse) {
    try (pulse) {
      int lost = 0;
      while (closed.getCount() > 0) {
        switch (pulse.probe(rhythm.answerWithin())) {
          case ALIVE -> {
            condition = Condition.ALIVE;
            turnsWithoutLifeLine = 0;
            lost = 0;
            if (!pulse.rest(rhythm.probe())) {
              return true;
            }
          }
          case UNSURE -> lost = 0;
          case SILENT -> {
            if (++lost >= rhythm.probesLost()) {
              return false;
            }
          }
          case ENDED -> {
            return true;
          }
        }
      }
      return true;
    }
  }

  private void onHung(long hung, String symptom) throws InterruptedException {
    if (condition != Condition.HUNG) {
      condition = Condition.HUNG;
      log.warn("The {} (pid {}) is hung: it {}.", role.label(), hung, symptom);
    }
    if (mayHeal.getAsBoolean()) {
      log.warn("Killing the {} (pid {}) and starting it again.", role.label(), hung);
      deaths.onDeath(role);
      start(OptionalLong.of(hung));
    } else {
      pause(TURN);
    }
  }

  private void onDead() throws InterruptedException {
    if (condition != Condition.DEAD) {
      condition = Condition.DEAD;
      awaitFreed(deaths.onDeath(role));
    }
    if (mayHeal.getAsBoolean()) {
      Duration pause = restarts.pause(pauses);
      log.warn(
          "The {} {} Restarting it {}.",
          role.label(),
          lastNews(),
          pause.isZero() ? "at once" : "in " + pause.toMillis() + " ms");
      pause(pause);
      start(OptionalLong.empty());
    } else {
      pause(TURN);
    }
  }

  /** A JVM that starts keeps a processor busy for seconds: others take over before that. */
  private void awaitFreed(Future<Void> freed) throws InterruptedException {
    try {
      freed.get(FREED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.debug("What the {} held is not freed yet", role.label());
    } catch (ExecutionException e) {
      log.warn("What the {} held was not freed", role.label(), e.getCause());
    }
  }

  private void start(OptionalLong hung) throws InterruptedException {
    // Before: this process may end before it hears what came of it.
    restarts.begun();
    Launch launch = launcher.start(role, hung);
    if (launch instanceof Launch.Started started) {
      pid = OptionalLong.of(started.pid());
      turnsWithoutLifeLine = 0;
      condition = Condition.UNKNOWN;
      log.info("Started the {}, pid {}.", role.label(), started.pid());
    } else if (launch instanceof Launch.Running) {
      log.info("The {} was started by another process meanwhile.", role.label());
    } else if (launch instanceof Launch.Failed failed) {
      log.error("The {} could not be started: {}", role.label(), failed.reason());
    }
  }

  private String lastNews() {
    if (pid.isEmpty()) {
      return "does not run.";
    }
    String words = new OutputFile(files.out()).lastWords();
    return "(pid %d) has ended, %d s after its start.%s"
        .formatted(
            pid.getAsLong(),
            restarts.lived().toSeconds(),
            words.isEmpty()
                ? " It said nothing on standard error; see " + files.log() + "."
                : " Its last words: " + words);
  }

  private void pause(Duration pause) throws InterruptedException {
    closed.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }
}

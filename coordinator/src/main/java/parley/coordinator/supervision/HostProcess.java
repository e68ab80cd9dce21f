package parley.coordinator.supervision;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.cluster.HostFolder;

/**
 * What the three mains have in common: arguments, configuration, the lifeline, and looking after
 * the other processes of the host.
 *
 * <pre>{@code
 * public static void main(String[] arguments) {
 *   HostProcess.run(Role.FRONTEND, arguments, FrontendMain::start);
 * }
 *
 * private static void start(HostProcess process) throws Exception {
 *   process.supervise(DeathListener.NONE);
 *   ... wire and start everything from process.config() ...
 *   process.probedBy(loop::turn);
 *   process.serving();
 * }
 * }</pre>
 *
 * <p>The JVM stays until it is killed, halted, or {@link #close}d. All methods may be called from
 * any thread.
 */
public final class HostProcess implements Closeable {
  /** The state of a process that serves. */
  static final String SERVING = "serving";

  /** The state of a process that has begun, and has not said more. */
  static final String STARTING = "starting";

  private static final Logger log = LoggerFactory.getLogger(HostProcess.class);

  private final Role role;
  private final HostArguments arguments;
  private final ClusterConfig config;
  private final Installation installation;
  private final LifeLine lifeLine;
  private final OutputFile output;
  private final StartPriority startPriority = new StartPriority();
  private Supervisor supervisor;
  private volatile Probe probe = Probe.NO_LOOP_YET;
  private volatile String state = STARTING;

  /** What a main does once its process is set up. */
  @FunctionalInterface
  public interface Body {
    /**
     * Starts everything and returns. An exception ends the process: its message is printed as one
     * line, its stack trace goes to the log.
     */
    void run(HostProcess process) throws Exception;
  }

  private HostProcess(
      Role role, HostArguments arguments, ClusterConfig config, Installation installation)
      throws IOException {
    this.role = role;
    this.arguments = arguments;
    this.config = config;
    this.installation = installation;
    RoleFiles files = RoleFiles.of(arguments.folder(), role);
    output = new OutputFile(files.out());
    lifeLine = LifeLine.open(files.info(), new Answers(), this::keepHouse);
  }

  /**
   * Runs a process: sets it up from its arguments, then hands over to the body. A failure of either
   * is one line on stderr and an exit: with status 2 for bad arguments or configuration, else 1.
   */
  public static void run(Role role, String[] arguments, Body body) {
    try {
      body.run(begin(role, arguments, Installation.ofThisProcess()));
    } catch (ConfigException e) {
      exit(StartFailure.MISUSED, role, e.getMessage());
    } catch (StartFailure e) {
      exit(e.exitStatus(), role, e.getMessage());
    } catch (Exception e) {
      log.error("Cannot start", e);
      exit(StartFailure.FAILED, role, inOneLine(e));
    }
  }

  /**
   * Sets this process up: reads arguments and configuration, and opens the lifeline.
   *
   * @throws StartFailure bad arguments, or this process does not hold its lock
   * @throws ConfigException bad configuration
   */
  static HostProcess begin(Role role, String[] arguments, Installation installation)
      throws StartFailure, ConfigException {
    HostArguments parsed = HostArguments.parse(arguments);
    ClusterConfig config = ClusterConfig.load(parsed.conf());
    config.host(parsed.hostId());
    Path lock = RoleFiles.of(parsed.folder(), role).lock();
    if (!ProcessTable.isHeldByThisProcess(lock)) {
      throw new StartFailure(
          StartFailure.MISUSED,
          lock
              + " is not held by this process; start it with scripts/start_zk_and_services.sh,"
              + " never by hand.");
    }
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> log.error("Thread {} has ended by an error", thread.getName(), e));
    try {
      HostProcess process = new HostProcess(role, parsed, config, installation);
      log.info(
          "The {} of host {} starts: pid {}, configuration {}, data {}.",
          role.label(),
          parsed.hostId(),
          ProcessHandle.current().pid(),
          parsed.conf(),
          parsed.folder().path());
      return process;
    } catch (IOException e) {
      throw new StartFailure(
          StartFailure.FAILED, "no lifeline can be opened on the loopback address: " + e);
    }
  }

  /** Which host this is, and where its files are. */
  public HostArguments arguments() {
    return arguments;
  }

  /** The folder of this host's data. */
  public HostFolder folder() {
    return arguments.folder();
  }

  /** The configuration, which names this host. */
  public ClusterConfig config() {
    return config;
  }

  /**
   * Begins to look after the processes that this one is responsible for. To be called once, early:
   * what waits for others must still heal them.
   */
  public synchronized void supervise(DeathListener deaths) {
    if (supervisor != null) {
      throw new IllegalStateException("the " + role.label() + " supervises already");
    }
    supervisor = new Supervisor(role, arguments, config.settings(), installation, deaths);
  }

  /** Lets the lifeline answer only when this process's own loop turns. */
  public void probedBy(Probe loop) {
    probe = loop;
  }

  /** Says to people that this process serves. */
  public void serving() {
    tell(SERVING);
  }

  /** Says to people what this process waits for before it serves, in a few words. */
  public void waiting(String forWhat) {
    tell("waiting for " + forWhat);
  }

  /** Ends supervision and the lifeline; to the others this process has then ended. */
  @Override
  public synchronized void close() throws IOException {
    if (supervisor != null) {
      supervisor.close();
    }
    lifeLine.close();
  }

  /**
   * Ends this process at once, for what went wrong cannot be repaired inside it. The others of its
   * host start it anew, and say in their logs what it says here.
   *
   * @param why one line for people
   * @param cause goes to the log with its stack trace; null where the line says all
   */
  public void halt(String why, Throwable cause) {
    log.error("{}; this process ends now and is started anew", why, cause);
    System.err.println(role.label() + ": " + why);
    Runtime.getRuntime().halt(StartFailure.FAILED);
  }

  private void keepHouse() {
    output.keepSmall();
    startPriority.endIf(state.equals(SERVING));
  }

  private void tell(String newState) {
    if (!newState.equals(state)) {
      state = newState;
      log.info("The {} is {}.", role.label(), newState);
    }
  }

  private static String inOneLine(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    String because =
        root == failure || root.getMessage() == null ? "" : " (" + root.getMessage() + ")";
    return (message + because).replaceAll("\\s+", " ");
  }

  private static void exit(int status, Role role, String message) {
    log.error("{}", message);
    System.err.println(role.label() + ": " + message);
    System.exit(status);
  }

  private final class Answers implements LifeLine.Answers {
    @Override
    public CompletionStage<?> turn() {
      return probe.turn();
    }

    @Override
    public String state() {
      return state;
    }
  }
}

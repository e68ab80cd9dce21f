package parley.coordinator.supervision;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import parley.coordinator.cluster.ClusterConfig;

/**
 * A person's wish that a host should run: starts what is missing of its three processes, and waits
 * until each says what it does.
 */
public final class HostStart {
  private static final Duration TURN = Duration.ofMillis(50);
  private static final int ANSWER_MS = 1_000;
  private static final int STATE_BYTES_MAX = 200;

  private final HostArguments arguments;
  private final Installation installation;
  private final Launcher launcher;
  private final Map<Role, Long> started = new EnumMap<>(Role.class);

  /**
   * One running process, as people see it.
   *
   * @param state what it does: serving, or what it waits for
   */
  public record Running(Role role, long pid, String state) {}

  /** A start of the host that the arguments name, from a Parley home. */
  public HostStart(Path home, HostArguments arguments, ClusterConfig config) {
    this.arguments = arguments;
    installation = Installation.of(home);
    launcher = new Launcher(installation, arguments, config.settings(), Optional.empty());
  }

  /** The roles that have no process now. */
  public List<Role> missing() {
    List<Role> missing = new ArrayList<>(List.of(Role.values()));
    missing.removeIf(role -> pid(role).isPresent());
    return missing;
  }

  /** Whether {@link #prepare} would do something. */
  public boolean isPrepared() {
    return installation.classArchive().map(ClassArchive::exists).orElse(true);
  }

  /**
   * Does what needs to be done once after an installation: with it, processes start faster.
   *
   * @throws IOException it cannot be done, with the reason; a start goes well all the same
   */
  public void prepare() throws IOException, InterruptedException {
    if (installation.classArchive().isPresent()) {
      installation.classArchive().get().make();
    }
  }

  /**
   * Starts what is missing.
   *
   * @throws StartFailure a folder cannot be made, or a process not be started
   */
  public void start() throws StartFailure, InterruptedException {
    try {
      arguments.folder().create();
    } catch (IOException e) {
      throw failed("%s cannot be written (%s).".formatted(arguments.folder().path(), e));
    }
    for (Role role : Role.values()) {
      Launch launch = launcher.start(role, OptionalLong.empty());
      if (launch instanceof Launch.Started process) {
        started.put(role, process.pid());
        new Restarts(files(role).life(), Uptime::millis).begunAnew();
      } else if (launch instanceof Launch.Failed failure) {
        throw failed("the %s could not be started: %s".formatted(role.label(), failure.reason()));
      }
    }
  }

  /**
   * Waits until every process says that it serves, or what it waits for.
   *
   * @throws StartFailure one of those started has ended, or says nothing in time
   */
  public List<Running> await(Duration within) throws StartFailure {
    long end = System.nanoTime() + within.toNanos();
    List<Running> running = new ArrayList<>();
    for (Role role : Role.values()) {
      Optional<Running> process = look(role);
      while (process.isEmpty()) {
        if (System.nanoTime() > end) {
          throw failed(
              "the %s does not serve after %d s, and goes on trying; see %s."
                  .formatted(role.label(), within.toSeconds(), files(role).log()));
        }
        LockSupport.parkNanos(TURN.toNanos());
        process = look(role);
      }
      running.add(process.get());
    }
    return running;
  }

  private Optional<Running> look(Role role) throws StartFailure {
    OptionalLong pid = pid(role);
    Long expected = started.get(role);
    if (expected != null && (pid.isEmpty() || pid.getAsLong() != expected)) {
      String words = new OutputFile(files(role).out()).lastWords();
      throw failed(
          "the %s (pid %d) has ended right after its start%s. See %s; what else runs of this host tries it again, until scripts/stop_zk_and_services.sh."
              .formatted(
                  role.label(),
                  expected,
                  words.isEmpty() ? "" : ", with the words: " + words,
                  files(role).log()));
    }
    return pid.isEmpty()
        ? Optional.empty()
        : LifeLineInfo.read(files(role).info())
            .filter(info -> info.pid() == pid.getAsLong())
            .flatMap(HostStart::state)
            .filter(state -> !state.equals(HostProcess.STARTING))
            .map(state -> new Running(role, pid.getAsLong(), state));
  }

  private static Optional<String> state(LifeLineInfo info) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), info.port()), ANSWER_MS);
      socket.setSoTimeout(ANSWER_MS);
      socket.getOutputStream().write(LifeLine.STATE);
      socket.shutdownOutput();
      byte[] answer = socket.getInputStream().readNBytes(STATE_BYTES_MAX);
      return Optional.of(new String(answer, StandardCharsets.UTF_8).strip())
          .filter(state -> !state.isEmpty());
    } catch (IOException e) {
      return Optional.empty(); // It ends, or is slow: the next look will tell.
    }
  }

  private OptionalLong pid(Role role) {
    return ProcessTable.pidOf(files(role).lock());
  }

  private RoleFiles files(Role role) {
    return RoleFiles.of(arguments.folder(), role);
  }

  private static StartFailure failed(String message) {
    return new StartFailure(StartFailure.FAILED, message);
  }
}

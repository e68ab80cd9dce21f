package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;

/** A host whose three processes are stand-ins, in a temporary folder; closing it ends them all. */
final class HostUnderTest implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HostArguments arguments;
  private final Launcher launcher;

  HostUnderTest(Path folder, int hostId) throws IOException, StartFailure, ConfigException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("zoo.cfg"), "server.1=127.0.0.1:2888:3888\nserver.2=127.0.0.2:2888:3888\n");
    Files.writeString(
        conf.resolve("parley.conf"),
        "liveness.probe.ms=250\nliveness.probes.lost=6\nrestart.pause.max.ms=1000\n");
    arguments =
        HostArguments.parse(
            "--conf", conf.toString(),
            "--host", Integer.toString(hostId),
            "--data", folder.resolve("data").toString());
    arguments.folder().create();
    launcher =
        new Launcher(
            StandIns.installation(),
            arguments,
            ClusterConfig.load(conf).settings(),
            Optional.empty());
  }

  /** A file whose existence tells stand-ins to misbehave. */
  Path fault(String kind, Role role) {
    return arguments.data().resolve(kind + role.label());
  }

  HostUnderTest withFault(String kind, Role role) throws IOException {
    Files.createFile(fault(kind, role));
    return this;
  }

  HostUnderTest startAll() throws InterruptedException {
    for (Role role : Role.values()) {
      assertThat(start(role)).isNotInstanceOf(Launch.Failed.class);
    }
    for (Role role : Role.values()) {
      awaitAlive(role);
    }
    return this;
  }

  Launch start(Role role) throws InterruptedException {
    return launcher.start(role, OptionalLong.empty());
  }

  Launch replace(Role role, long hung) throws InterruptedException {
    return launcher.start(role, OptionalLong.of(hung));
  }

  RoleFiles files(Role role) {
    return RoleFiles.of(arguments.folder(), role);
  }

  /** Every process that lives by a role's lock; more than one must never be seen. */
  List<Long> pids(Role role) {
    try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
      return processes
          .map(ProcessHandle::pid)
          .filter(pid -> ProcessTable.isProcessOf(pid, files(role).lock()))
          .toList();
    }
  }

  /** The process of a role, once there is one that answers its lifeline. */
  long awaitAlive(Role role) {
    return awaitOtherThan(role, -1);
  }

  /** The process that replaces another one, once it answers its lifeline. */
  long awaitOtherThan(Role role, long former) {
    await(role + " is alive")
        .atMost(PATIENCE)
        .until(
            () -> {
              OptionalLong pid = ProcessTable.pidOf(files(role).lock());
              return pid.isPresent() && pid.getAsLong() != former && isAnswering(role, pid);
            });
    List<Long> pids = pids(role);
    assertThat(pids).as("copies of %s", role).hasSize(1);
    return pids.get(0);
  }

  void signal(long pid, String signal) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid)).start().waitFor())
        .isZero();
  }

  String log(Role role) throws IOException {
    return Files.readString(files(role).log());
  }

  String stop() throws IOException {
    Process stop =
        new ProcessBuilder(
                "bash",
                StandIns.installation().processScript().toString(),
                "stop",
                arguments.folder().run().toString(),
                Role.COORDINATOR.label(),
                Role.TIMELINE_SERVICE.label(),
                Role.FRONTEND.label())
            .redirectErrorStream(true)
            .start();
    String words = new String(stop.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(stop.onExit().join().exitValue()).as(words).isZero();
    return words;
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private boolean isAnswering(Role role, OptionalLong pid) {
    Optional<LifeLineInfo> info = LifeLineInfo.read(files(role).info());
    if (info.isEmpty() || info.get().pid() != pid.getAsLong()) {
      return false;
    }
    Optional<Pulse> connected = Pulse.connect(info.get().port(), System::nanoTime);
    if (connected.isEmpty()) {
      return false;
    }
    try (Pulse pulse = connected.get()) {
      return pulse.probe(Duration.ofSeconds(1)) == Pulse.Sign.ALIVE;
    }
  }
}

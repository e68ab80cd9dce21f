package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import parley.coordinator.cluster.HostFolder;
import parley.coordinator.cluster.Settings;

/**
 * Starts processes of one host, each at most once however many ask for it.
 *
 * <p>Works through {@code scripts/process.sh}, a process of its own, so that the start lock cannot
 * stay taken because this JVM was stopped in the middle. Any thread may call; callers wait for each
 * other.
 */
final class Launcher {
  /** Longer than all waits of the script together. */
  private static final int SCRIPT_SECONDS_MAX = 100;

  private static final int WORDS_MAX = 4_096;
  private static final String NONE = "-";

  private final Installation installation;
  private final HostArguments arguments;
  private final Settings settings;
  private final Optional<Role> healer;

  /**
   * A launcher for one host.
   *
   * @param healer the role of this process, whose end withdraws all that it asked for; nothing for
   *     a person's command
   */
  Launcher(
      Installation installation,
      HostArguments arguments,
      Settings settings,
      Optional<Role> healer) {
    this.installation = installation;
    this.arguments = arguments;
    this.settings = settings;
    this.healer = healer;
  }

  /**
   * Starts a process unless it runs. Returns when it runs, which says nothing of whether it serves.
   *
   * @param hung the pid of a copy to be killed first
   */
  Launch start(Role role, OptionalLong hung) throws InterruptedException {
    HostFolder folder = arguments.folder();
    RoleFiles files = RoleFiles.of(folder, role);
    List<String> command = new ArrayList<>();
    command.add("bash");
    command.add(installation.processScript().toString());
    command.add("start");
    command.add(files.lock().toString());
    command.add(files.out().toString());
    command.add(hung.isPresent() ? Long.toString(hung.getAsLong()) : NONE);
    command.add(healer.map(own -> RoleFiles.of(folder, own).lock().toString()).orElse(NONE));
    command.addAll(jvm(role, files));
    try {
      return run(command);
    } catch (IOException e) {
      return new Launch.Failed(e.getMessage());
    }
  }

  private List<String> jvm(Role role, RoleFiles files) {
    List<String> command = new ArrayList<>();
    command.add(installation.java().toString());
    command.addAll(installation.jvmFlags());
    command.addAll(role.memoryFlags());
    command.add("-XX:ErrorFile=" + files.crash());
    command.add(installation.homeArgument());
    command.addAll(ServiceLog.flags(files.log(), settings));
    command.add("-cp");
    command.add(installation.classPath());
    command.add(installation.mainClass().apply(role));
    command.addAll(arguments.toOptions());
    return command;
  }

  private static Launch run(List<String> command) throws IOException, InterruptedException {
    Process script = new ProcessBuilder(command).redirectErrorStream(true).start();
    script.getOutputStream().close();
    if (!script.waitFor(SCRIPT_SECONDS_MAX, TimeUnit.SECONDS)) {
      script.destroyForcibly();
      return new Launch.Failed("process.sh did not end within " + SCRIPT_SECONDS_MAX + " s");
    }
    String words =
        new String(script.getInputStream().readNBytes(WORDS_MAX), StandardCharsets.UTF_8).strip();
    if (script.exitValue() != 0) {
      return new Launch.Failed(words);
    }
    String[] said = words.split(" ");
    return switch (said[0]) {
      case "started" -> new Launch.Started(Long.parseLong(said[1]));
      case "running" -> new Launch.Running(Long.parseLong(said[1]));
      case "withdrawn" -> new Launch.Withdrawn();
      default -> new Launch.Failed(words);
    };
  }
}

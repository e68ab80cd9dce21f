package parley.client.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;
import parley.client.StatusProbe;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows at a glance who is primary and whether the replicas keep up. */
@Command(
    name = "status",
    description = "Shows a table of the timeline services. Fails if none can be reached.",
    footer = {"", "Example: parley status --server 127.0.0.1,127.0.0.2,127.0.0.3"},
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--server",
      defaultValue = "127.0.0.1,127.0.0.2,127.0.0.3",
      paramLabel = "HOST[:PORT],…",
      converter = Servers.OfTimelineServices.class,
      description = "The timeline services; the port is 3056 if not given (${DEFAULT-VALUE}).")
  private Servers servers;

  @Override
  public Integer call() throws InterruptedException {
    try (StatusProbe probe = new StatusProbe(servers.addresses())) {
      Map<ServerAddress, Optional<ReplicaStatus>> answers = probe.ask(ANSWER_WITHIN);
      spec.commandLine().getOut().print(StatusTable.of(answers));
      spec.commandLine().getOut().flush();
      boolean anyReached = answers.values().stream().anyMatch(Optional::isPresent);
      return anyReached ? ExitCode.OK : ExitCode.FAILURE;
    }
  }
}

package parley.client.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets scripts wait until people can be served. */
@Command(
    name = "wait",
    description = "Waits until a frontend serves. Exit status 4: none did in time.",
    footer = {"", "Example: parley wait --server 127.0.0.1,127.0.0.2 --all --timeout 30"},
    mixinStandardHelpOptions = true)
final class WaitCommand implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--server",
      required = true,
      paramLabel = "HOST[:PORT],…",
      converter = Servers.OfFrontends.class,
      description = "The frontends; the port is 3055 if not given.")
  private Servers servers;

  @Option(names = "--all", description = "Wait until each of them serves, not only one.")
  private boolean all;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      converter = Seconds.class,
      description = "Give up after so many seconds (${DEFAULT-VALUE}).")
  private Duration timeout;

  @Override
  public Integer call() throws InterruptedException {
    try (ServingWatch watch = new ServingWatch(servers.addresses())) {
      boolean serving = all ? watch.awaitAll(timeout) : watch.awaitAny(timeout);
      if (!serving) {
        spec.commandLine()
            .getErr()
            .println(
                "parley: not serving after " + Seconds.shown(timeout) + ": " + watch.notServing());
      }
      return serving ? ExitCode.OK : ExitCode.UNREACHABLE;
    }
  }
}

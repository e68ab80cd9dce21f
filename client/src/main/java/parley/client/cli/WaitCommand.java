package parley.client.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Lets scripts wait until people can be served. */
@Command(
    name = "wait",
    description = "Waits until a frontend serves.",
    footer = {"", "Example: parley wait --server 127.0.0.1,127.0.0.2 --all --timeout 30"},
    mixinStandardHelpOptions = true)
final class WaitCommand implements Callable<Integer> {

  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

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
      description = "Give up after so many seconds (${DEFAULT-VALUE}).")
  private double timeoutSeconds;

  @Override
  public Integer call() throws InterruptedException {
    if (!(timeoutSeconds >= 0 && timeoutSeconds <= Integer.MAX_VALUE)) {
      throw new ParameterException(
          spec.commandLine(), "--timeout " + timeoutSeconds + " is not a number of seconds");
    }
    Duration timeout = Duration.ofMillis((long) (timeoutSeconds * 1000));
    try (ServingWatch watch = new ServingWatch(servers.addresses())) {
      boolean serving = all ? watch.awaitAll(timeout) : watch.awaitAny(timeout);
      if (!serving) {
        spec.commandLine()
            .getErr()
            .println(
                "parley: not serving after "
                    + timeout.toMillis() / 1000.0
                    + " s: "
                    + watch.notServing());
      }
      return serving ? ExitCode.OK : ExitCode.FAILURE;
    }
  }
}

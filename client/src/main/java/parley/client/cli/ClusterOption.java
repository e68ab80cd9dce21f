package parley.client.cli;

import java.time.Duration;
import parley.client.v1.ClientOptions;
import parley.client.v1.ParleyClient;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How every command says which cluster it speaks with, and how long it waits for answers. */
final class ClusterOption {

  @CommandLine.Spec(CommandLine.Spec.Target.MIXEE)
  private CommandLine.Model.CommandSpec spec;

  @Option(
      names = "--server",
      defaultValue = "127.0.0.1,127.0.0.2,127.0.0.3",
      paramLabel = "TARGET",
      description =
          "The frontends, as HOST[:PORT],… (port 3055 if left out) or"
              + " zk://HOST:2181,…/parley/services/frontend; another one is used when one is gone"
              + " (${DEFAULT-VALUE}).")
  private String target;

  @Option(
      names = "--timeout",
      defaultValue = "30",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description =
          "Give up when nothing has been answered for so many seconds (${DEFAULT-VALUE}).")
  private Duration timeout;

  /** A client, whose news about its connection go to {@code news} in their order. */
  ParleyClient connect(ConnectionNews news) {
    ParleyClient client = connect();
    client.onConnection(news);
    return client;
  }

  ParleyClient connect() {
    try {
      return ParleyClient.connect(target, ClientOptions.DEFAULT.withCallTimeout(timeout));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--server: " + e.getMessage(), e);
    }
  }

  Duration timeout() {
    return timeout;
  }
}

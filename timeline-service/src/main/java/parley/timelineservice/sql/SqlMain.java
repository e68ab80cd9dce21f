package parley.timelineservice.sql;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.cluster.HostFolder;
import parley.timelineservice.storage.DatabaseFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code parley sql}: lets people read a replica's data, always as a copy made for this one look.
 */
@Command(
    name = "parley sql",
    mixinStandardHelpOptions = true,
    description = "Reads one replica's data with SQL, from a copy made now.",
    footer = {
      "",
      "posts(), posts('alice') and timeline() show what took effect, by index (idx). The tables"
          + " users, follows, clients, log and slots are the replica's own.",
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage.",
      "Example:",
      "  parley sql --host 1 \"SELECT text FROM posts('alice') ORDER BY idx DESC LIMIT 20\""
    })
public final class SqlMain implements Callable<Integer> {

  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  @Option(names = "--data", description = "Data folder (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(names = "--host", required = true, description = "Number of the host.")
  private int host;

  @Option(
      names = "--conf",
      description = "Configuration that names the hosts (default: ${DEFAULT-VALUE}).")
  private Path conf = Path.of("zk-conf");

  @Option(
      names = "--server",
      description = "ADDRESS:PORT of the running timeline service (default: as configured).")
  private String server;

  @Option(names = "--csv", description = "Comma-separated values instead of a table.")
  private boolean csv;

  @Parameters(
      arity = "0..1",
      description =
          "The statements, separated by semicolons; without them, they are read from standard"
              + " input.")
  private String query;

  private final PrintStream out;

  SqlMain(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out).execute(arguments));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new SqlMain(out)).setExecutionExceptionHandler(SqlMain::failed);
  }

  private static int failed(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    String message = e instanceof SQLException sql ? Statements.message(sql) : e.getMessage();
    line.getErr().println("parley sql: " + message);
    return e instanceof ConfigException ? MISUSED : FAILED;
  }

  @Override
  public Integer call() throws Exception {
    try (TemporaryFolder copy = new TemporaryFolder()) {
      copyTo(copy.path());
      try (Connection connection = new DatabaseFile(copy.path()).open()) {
        run(new Statements(connection, out, csv));
      }
      return 0;
    }
  }

  private void copyTo(Path copy) throws ConfigException, IOException {
    Path folder = HostFolder.of(data, host).timeline();
    if (server == null && new StoppedFile(folder).maybeCopyTo(copy)) {
      return;
    }
    new RunningService(address()).copyTo(copy);
  }

  private String address() throws ConfigException {
    if (server != null) {
      return server;
    }
    ClusterConfig config = ClusterConfig.load(conf);
    return config.host(host).address() + ":" + config.settings().timelinePort();
  }

  private void run(Statements statements) throws SQLException {
    if (query != null) {
      statements.run(new StringReader(query));
      return;
    }
    Reader input = new InputStreamReader(System.in, StandardCharsets.UTF_8);
    if (System.console() == null) {
      statements.run(input);
    } else {
      statements.runTyped(input);
    }
  }
}

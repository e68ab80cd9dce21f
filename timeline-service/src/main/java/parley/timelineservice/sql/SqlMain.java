package parley.timelineservice.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      "What is there: posts(), posts('alice'), timeline(), and the tables users, follows, log,"
          + " slots.",
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

  @Parameters(arity = "0..1", description = "The query; without it, standard input is read.")
  private String query;

  private SqlMain() {}

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new SqlMain());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          line.getErr().println("parley sql: " + failure.getMessage());
          return failure instanceof ConfigException ? MISUSED : FAILED;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    String sql = query == null ? standardInput() : query;
    Path copy = Files.createTempDirectory("parley-sql");
    try {
      copyTo(copy);
      print(copy, sql);
      return 0;
    } finally {
      delete(copy);
    }
  }

  private void copyTo(Path copy) throws ConfigException, IOException {
    Path folder = HostFolder.of(data, host).timeline();
    if (server == null && StoppedFile.maybeCopy(new DatabaseFile(folder).path(), copy)) {
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

  private void print(Path copy, String sql) throws SQLException {
    try (Connection connection = new DatabaseFile(copy).open();
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        throw new SQLException("not a query: " + sql);
      }
      try (ResultSet rows = statement.getResultSet()) {
        if (csv) {
          new Csv(System.out).print(rows);
        } else {
          new TextTable(System.out).print(rows);
        }
      }
    }
  }

  private static String standardInput() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        .lines()
        .collect(Collectors.joining("\n"));
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}

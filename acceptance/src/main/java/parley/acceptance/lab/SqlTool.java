package parley.acceptance.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.acceptance.lab.Hosts.StoredPost;

/** Reads a host's own data with {@code scripts/parley sql}, as an operator would. */
final class SqlTool {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String ALL_POSTS = "SELECT author, text FROM posts() ORDER BY idx";

  private final LocalCluster cluster;

  SqlTool(LocalCluster cluster) {
    this.cluster = cluster;
  }

  List<StoredPost> posts(int host) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("sql"));
    arguments.addAll(List.of(cluster.hostOptions(host)));
    arguments.addAll(List.of("--csv", ALL_POSTS));
    ScriptRun run = cluster.script("parley", arguments.toArray(String[]::new));
    run.await(TIMEOUT).orThrow();
    return read(run.outputFile());
  }

  private static List<StoredPost> read(Path csvFile) throws IOException {
    List<StoredPost> posts = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(csvFile)) {
      Csv csv = new Csv(reader);
      List<String> header = csv.record();
      if (header == null) {
        throw new IOException("parley sql printed nothing");
      }
      for (List<String> fields = csv.record(); fields != null; fields = csv.record()) {
        posts.add(new StoredPost(fields.get(0), fields.get(1)));
      }
    }
    return posts;
  }
}

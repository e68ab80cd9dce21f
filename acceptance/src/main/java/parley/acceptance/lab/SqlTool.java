package parley.acceptance.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import parley.acceptance.lab.Hosts.StoredPost;

/** Reads a host's own data with {@code scripts/parley sql}, as an operator would. */
final class SqlTool {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final String POSTS_BEHIND =
      "SELECT idx, author, text FROM posts() WHERE idx > %d ORDER BY idx";

  private final LocalCluster cluster;

  SqlTool(LocalCluster cluster) {
    this.cluster = cluster;
  }

  List<StoredPost> posts(int host) throws IOException, InterruptedException {
    List<StoredPost> posts = new ArrayList<>();
    posts(host, 0, posts::add);
    return posts;
  }

  /** Tells, in order, the posts behind an index. */
  void posts(int host, long index, Consumer<StoredPost> listener)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("sql"));
    arguments.addAll(List.of(cluster.hostOptions(host)));
    arguments.addAll(List.of("--csv", POSTS_BEHIND.formatted(index)));
    ScriptRun run = cluster.script("parley", arguments.toArray(String[]::new));
    run.awaitSuccess(TIMEOUT);
    read(run.outputFile(), listener);
    Files.delete(run.outputFile());
  }

  private static void read(Path csvFile, Consumer<StoredPost> listener) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(csvFile)) {
      Csv csv = new Csv(reader);
      List<String> header = csv.record();
      if (header == null) {
        throw new IOException("parley sql printed nothing");
      }
      for (List<String> fields = csv.record(); fields != null; fields = csv.record()) {
        listener.accept(
            new StoredPost(Long.parseLong(fields.get(0)), fields.get(1), fields.get(2)));
      }
    }
  }
}

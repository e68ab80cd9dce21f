package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;

class ReplayCommandTest {

  private static final String ACTIVITY =
      "src dst time\n1 2 100\n# a remark\n2 1 100\n\n1 3 101\n3 3 102\n";

  @TempDir private Path folder;
  private final FakeCluster cluster = new FakeCluster();
  private final FakeParley frontend = new FakeParley(cluster);

  @AfterEach
  void stop() {
    frontend.close();
  }

  @Test
  void eachLineIsAPostThatAllFollowersAreHanded() throws IOException {
    CommandRun run = replay(file("activity.txt", ACTIVITY));
    assertThat(run.exitCode()).isZero();
    assertThat(cluster.followees("1")).containsExactly("2");
    assertThat(cluster.followees("3")).containsExactly("1");
    assertThat(cluster.texts("1")).hasSize(2);
    // Of the two posts by 1, to 2 and to 3; and of the one by 2, to 1. Nobody follows 3.
    assertThat(run.out()).contains("4 posts and 5 deliveries", "exactly once and in order.");
  }

  @Test
  void readsCompressedFilesAndKeepsTheirTime() throws IOException {
    Path file = folder.resolve("activity.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(ACTIVITY.getBytes(StandardCharsets.UTF_8));
    }
    CommandRun run = replay(file, "--speed", "10", "--json");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\"posts\":4", "\"seconds\":0.");
  }

  @Test
  void namesTheLineThatCannotBeRead() throws IOException {
    CommandRun run = replay(file("activity.txt", "1 2 100\n1 2\n"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("line 2").hasLineCount(1);
    assertThat(cluster.users()).isEmpty();
  }

  @Test
  void missingAndEmptyFilesAreOneLine() throws IOException {
    assertThat(replay(folder.resolve("none")).err()).contains("there is no file").hasLineCount(1);
    assertThat(replay(file("empty", "")).err()).contains("nothing to replay").hasLineCount(1);
  }

  private CommandRun replay(Path file, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "replay";
    arguments[1] = file.toString();
    arguments[2] = "--server";
    arguments[3] = frontend.address().toString();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return CommandRun.of(arguments);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}

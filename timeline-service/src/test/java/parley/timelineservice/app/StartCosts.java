package parley.timelineservice.app;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import parley.proto.store.StatusReply;
import parley.proto.store.StatusRequest;
import parley.proto.store.StoreGrpc;

/**
 * Measures how long a real timeline service takes from the start of its process until it has
 * answered a call, and how much of the processors it takes, which depends less on what else runs:
 * {@code StartCosts TIMELINE RUNS HOME...}, where TIMELINE is a folder with a journal and the
 * Parley homes to compare take turns. Each process is killed when it has answered. There is no
 * ZooKeeper, for which it does not wait.
 */
final class StartCosts {

  private static final String ADDRESS = "127.94.206.31";
  private static final int PORT = 3056;
  private static final long PATIENCE_SECONDS = 120;
  private static final long TRY_EVERY_MS = 10;

  private static final String ZOO_CFG =
      """
      server.1=127.94.206.31:2888:3888
      server.2=127.94.206.32:2888:3888
      server.3=127.94.206.33:2888:3888
      clientPort=2181
      tickTime=200
      initLimit=25
      syncLimit=6
      minSessionTimeout=500
      maxSessionTimeout=60000
      """;

  private final Path root;
  private final Path host;

  /**
   * @param root an empty folder, for everything but the journal
   */
  private StartCosts(Path root, Path timeline) throws IOException {
    this.root = root;
    host = root.resolve("data/host1");
    for (Path folder : List.of(host.resolve("run"), host.resolve("log"), root.resolve("scripts"))) {
      Files.createDirectories(folder);
    }
    // Or the other two processes of the host would be started, and would start this one again.
    Files.writeString(root.resolve("scripts/process.sh"), "echo withdrawn\n");
    Files.createSymbolicLink(host.resolve("timeline"), timeline.toRealPath());
    Files.writeString(root.resolve("zoo.cfg"), ZOO_CFG);
    Files.writeString(root.resolve("parley.conf"), "timeline.port=" + PORT + "\n");
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("parley-start").toRealPath();
    try {
      StartCosts costs = new StartCosts(root, Path.of(arguments[0]));
      for (int run = 0; run < Integer.parseInt(arguments[1]); run++) {
        for (String home : List.of(arguments).subList(2, arguments.length)) {
          costs.measure(Path.of(home).toRealPath());
        }
      }
    } finally {
      delete(root);
    }
  }

  private void measure(Path home) throws IOException, InterruptedException {
    Path lock = host.resolve("run/timeline-service.lock");
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                "setsid",
                "flock",
                "--nonblock",
                "--no-fork",
                lock.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dparley.lock=" + lock,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xss512k",
                "-XX:-UsePerfData",
                "-Djavax.net.ssl.trustStore=NONE",
                "-Dio.grpc.netty.shaded.io.netty.jfr.enabled=false",
                "-Xmx320m",
                "-Xmn24m",
                "-XX:MaxDirectMemorySize=128m",
                "-Dparley.log.bytes.max=10485760",
                "-Dparley.log.files=5",
                "-Dparley.home=" + root,
                "-Dparley.log.file=" + host.resolve("log/timeline-service.log"),
                "-cp",
                home.resolve("lib") + "/*",
                TimelineServiceMain.class.getName(),
                "--conf",
                root.toString(),
                "--host",
                "1",
                "--data",
                root.resolve("data").toString()));
    command.redirectErrorStream(true).redirectOutput(host.resolve("log/out").toFile());
    ManagedChannel channel = NettyChannelBuilder.forAddress(ADDRESS, PORT).usePlaintext().build();
    ScheduledExecutorService impatience = Executors.newSingleThreadScheduledExecutor();
    long start = System.nanoTime();
    Process process = command.start();
    try {
      impatience.scheduleWithFixedDelay(
          channel::resetConnectBackoff, TRY_EVERY_MS, TRY_EVERY_MS, TimeUnit.MILLISECONDS);
      StatusReply reply =
          StoreGrpc.newBlockingStub(channel)
              .withWaitForReady()
              .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .status(StatusRequest.getDefaultInstance());
      double seconds = (System.nanoTime() - start) / 1e9;
      double processor = process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
      System.out.printf(
          "%s: answers after %.2f s, %.2f s of processor time, %,d posts%n",
          home.getFileName(), seconds, processor, reply.getPosts());
    } finally {
      process.destroyForcibly().waitFor();
      impatience.shutdownNow();
      channel.shutdownNow();
    }
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.client.v1.FakeCluster;
import parley.client.v1.FakeParley;
import parley.proto.store.News;
import parley.proto.store.StatusReply;
import parley.proto.store.StatusRequest;
import parley.proto.store.StoreGrpc.StoreImplBase;

class StatusCommandTest {

  @TempDir private Path conf;
  private Server timelineService;

  @AfterEach
  void stop() {
    if (timelineService != null) {
      timelineService.shutdownNow();
    }
  }

  @Test
  void unreachableHostsAreRowsAndStatus1() {
    CommandRun run = CommandRun.of("status", "--server", "127.0.0.1:1,127.0.0.2:1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("127.0.0.1", "127.0.0.2", "unreachable").hasLineCount(3);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void hostsAndPortsComeFromTheConfiguration() throws Exception {
    timelineService = serveStatus();
    try (FakeParley frontend = new FakeParley(new FakeCluster());
        FakePeer peer = new FakePeer("Zookeeper version: 3\nMode: follower\n")) {
      Files.writeString(
          conf.resolve("zoo.cfg"),
          "server.1=127.0.0.1:2888:3888\nclientPort=%d\n".formatted(peer.port()));
      Files.writeString(
          conf.resolve("parley.conf"),
          "timeline.port=%d\nfrontend.port=%d\n"
              .formatted(timelineService.getPort(), frontend.address().port()));
      CommandRun run = CommandRun.of("status", "--conf", conf.toString());
      assertThat(run.exitCode()).isZero();
      assertThat(run.out().lines().skip(1))
          .singleElement()
          .asString()
          .contains("primary", "1200", "follower", frontend.address().toString());
    }
  }

  @Test
  void watchShowsItAgainAndCtrlCEndsItWell() throws Exception {
    timelineService = serveStatus();
    String server = "127.0.0.1:" + timelineService.getPort();
    CommandRun run = CommandRun.start("status", "--watch", "0.01", "--json", "--server", server);
    CommandRun.soon().until(() -> run.out().lines().count() > 2);
    run.pressCtrlC();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.startsWith("{\"primary\":1,"));
  }

  @Test
  void configurationThatCannotBeReadIsOneLine() {
    CommandRun run = CommandRun.of("status", "--conf", conf.resolve("none").toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("parley: ").hasLineCount(1);
  }

  private static Server serveStatus() throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
        .addService(
            new StoreImplBase() {
              @Override
              public void status(StatusRequest request, StreamObserver<StatusReply> answer) {
                answer.onNext(
                    StatusReply.newBuilder()
                        .setRole("primary")
                        .setNews(
                            News.newBuilder()
                                .setHost(1)
                                .setPrimaryHost(1)
                                .setServing(true)
                                .setAppliedIndex(1200))
                        .build());
                answer.onCompleted();
              }
            })
        .build()
        .start();
  }

  /** Answers every four-letter word with the same text. */
  private static final class FakePeer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket();
    private final String answer;

    FakePeer(String answer) throws IOException {
      this.answer = answer;
      server.bind(new InetSocketAddress("127.0.0.1", 0));
      Thread thread = new Thread(this::serve, "fake-peer");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return server.getLocalPort();
    }

    private void serve() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          socket.getInputStream().readNBytes("srvr".length());
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException closedOrGone) {
          continue;
        }
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}

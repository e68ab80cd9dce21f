package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // A lifeline only has to be open.
class LifeLineTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path folder;

  /** A process whose loop turns when the test says so. */
  private static final class Loop implements LifeLine.Answers {
    volatile CompletionStage<?> turn = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<?> turn() {
      return turn;
    }

    @Override
    public String state() {
      return "waiting for the test";
    }
  }

  @Test
  void probeIsAnsweredOnlyWhenTheLoopTurns() throws IOException {
    Loop loop = new Loop();
    Path info = folder.resolve("info");
    try (LifeLine lifeLine = LifeLine.open(info, loop, () -> {});
        Pulse pulse = pulse(info)) {
      assertThat(pulse.probe(LONG)).isEqualTo(Pulse.Sign.ALIVE);

      CompletableFuture<Void> stuck = new CompletableFuture<>();
      loop.turn = stuck;
      assertThat(pulse.probe(SHORT)).isEqualTo(Pulse.Sign.SILENT);

      stuck.complete(null);
      assertThat(pulse.probe(LONG)).isEqualTo(Pulse.Sign.ALIVE);
    }
  }

  @Test
  void loopThatRefusesGivesNoAnswer() throws IOException {
    Loop loop = new Loop();
    loop.turn = CompletableFuture.failedFuture(new IllegalStateException("loop has ended"));
    Path info = folder.resolve("info");
    try (LifeLine lifeLine = LifeLine.open(info, loop, () -> {});
        Pulse pulse = pulse(info)) {
      assertThat(pulse.probe(SHORT)).isEqualTo(Pulse.Sign.SILENT);
    }
  }

  @Test
  void endOfTheProcessEndsARestAtOnce() throws Exception {
    Path info = folder.resolve("info");
    LifeLine lifeLine = LifeLine.open(info, new Loop(), () -> {});
    try (Pulse pulse = pulse(info)) {
      assertThat(pulse.probe(LONG)).isEqualTo(Pulse.Sign.ALIVE);
      CompletableFuture<Boolean> rest =
          CompletableFuture.supplyAsync(() -> pulse.rest(Duration.ofHours(1)));
      lifeLine.close();
      await().atMost(LONG).until(rest::isDone);
      assertThat(rest.join()).isFalse();
      assertThat(pulse.probe(LONG)).isEqualTo(Pulse.Sign.ENDED);
    } finally {
      lifeLine.close();
    }
  }

  @Test
  void watcherThatWasNotRunningIsUnsure() throws IOException {
    AtomicLong clock = new AtomicLong();
    try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Pulse pulse =
            Pulse.connect(
                    mute.getLocalPort(), () -> clock.addAndGet(Duration.ofSeconds(2).toNanos()))
                .orElseThrow()) {
      assertThat(pulse.probe(SHORT)).isEqualTo(Pulse.Sign.UNSURE);
    }
  }

  @Test
  void informationThatCannotBeWrittenIsTriedAgain() throws IOException {
    Path info = folder.resolve("not-yet-there").resolve("info");
    try (LifeLine lifeLine = LifeLine.open(info, new Loop(), () -> {})) {
      assertThat(info).doesNotExist();
      Files.createDirectory(info.getParent());
      await().atMost(LONG).until(() -> LifeLineInfo.read(info).isPresent());
    }
  }

  @Test
  void informationIsRewrittenInPlace() throws IOException {
    Path info = folder.resolve("info");
    new LifeLineInfo(123_456, 65_535).write(info);
    long length = Files.size(info);
    new LifeLineInfo(1, 2).write(info);

    assertThat(LifeLineInfo.read(info)).contains(new LifeLineInfo(1, 2));
    assertThat(Files.size(info)).isEqualTo(length);
    Files.writeString(info, "pid 1 po");
    assertThat(LifeLineInfo.read(info)).isEmpty();
  }

  @Test
  void houseIsKeptThoughOthersCallAllTheTime() throws IOException {
    Path info = folder.resolve("info");
    AtomicInteger kept = new AtomicInteger();
    try (LifeLine lifeLine = LifeLine.open(info, new Loop(), kept::incrementAndGet)) {
      int port = LifeLineInfo.read(info).orElseThrow().port();
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return kept.get() >= 2;
              });
    }
  }

  @Test
  void stateIsALineForPeople() throws IOException {
    Path info = folder.resolve("info");
    try (LifeLine lifeLine = LifeLine.open(info, new Loop(), () -> {});
        Socket socket =
            new Socket(
                InetAddress.getLoopbackAddress(), LifeLineInfo.read(info).orElseThrow().port())) {
      socket.getOutputStream().write(LifeLine.STATE);
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(reader.readLine()).isEqualTo("waiting for the test");
    }
  }

  @Test
  void processStartedByHandIsRefused() throws Exception {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(conf.resolve("zoo.cfg"), "server.1=127.0.0.1:2888:3888\n");
    String[] arguments = {
      "--conf", conf.toString(), "--host", "1", "--data", folder.resolve("data").toString()
    };
    assertThatThrownBy(() -> HostProcess.begin(Role.FRONTEND, arguments, StandIns.installation()))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("frontend.lock is not held by this process");
  }

  private static Pulse pulse(Path info) {
    Optional<LifeLineInfo> read = LifeLineInfo.read(info);
    return Pulse.connect(read.orElseThrow().port(), System::nanoTime).orElseThrow();
  }
}

package parley.timelineservice.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proto.store.CopyLogRequest;
import parley.proto.store.LogSlot;
import parley.proto.store.LogSlots;
import parley.proto.store.StoreGrpc;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.storage.Journal;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Script;
import picocli.CommandLine;

/** The tool as people call it. */
class SqlMainTest {

  private static final String NEWEST = "SELECT idx, text FROM posts('ann') ORDER BY idx DESC";
  private static final List<List<Entry>> BATCHES =
      List.of(
          Script.register(7, 1, 0),
          Script.of(7, 1).create("ann").post("ann", "one").entries(),
          Script.of(7, 3).post("ann", "say \"two\", please").entries());

  @TempDir Path data;

  private record Run(int exitCode, String out, String err) {}

  private Run run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringWriter err = new StringWriter();
    CommandLine line = SqlMain.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of("--data", data.toString(), "--host", "1"));
    all.addAll(List.of(arguments));
    int exitCode = line.execute(all.toArray(String[]::new));
    return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
  }

  /** A replica that has committed everything, and was stopped before it wrote any effects. */
  private void stoppedReplica() {
    try (Journal journal = Journal.open(data.resolve("host1/timeline"), () -> 11)) {
      Epoch epoch = new Epoch(1, 1, 11);
      for (int i = 0; i < BATCHES.size(); i++) {
        Batch batch = new Batch(BATCHES.get(i).size(), EntryCodec.encode(BATCHES.get(i)));
        journal.write(List.of(new Write.Accepted(i + 1, epoch, batch, i)), List.of());
      }
      Batch stale = new Batch(1, EntryCodec.encode(Script.of(7, 4).post("ann", "x").entries()));
      journal.write(
          List.of(new Write.Committed(3), new Write.Accepted(4, epoch, stale, 3)), List.of());
    }
  }

  @Test
  void stoppedReplicaShowsEverythingThatItHoldsAsCommitted() {
    stoppedReplica();
    Run run = run(NEWEST);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualToNormalizingNewlines(
            """
            IDX  TEXT
            3    say "two", please
            2    one
            """);
  }

  @Test
  void printsCommaSeparatedValues() {
    stoppedReplica();
    assertThat(run("--csv", NEWEST).out())
        .isEqualTo("IDX,TEXT\r\n3,\"say \"\"two\"\", please\"\r\n2,one\r\n");
  }

  @Test
  void runsSeveralStatementsAndChangesOnlyTheCopy() {
    stoppedReplica();
    Run run = run("DELETE FROM users; SELECT COUNT(*) AS users FROM users");
    assertThat(run.out()).contains("done, in this copy only").contains("USERS").contains("0");
    assertThat(run("SELECT COUNT(*) AS users FROM users").out()).contains("1");
  }

  @Test
  void mistakesInSqlAreOneLine() {
    stoppedReplica();
    Run run = run("SELECT nothing FROM nowhere");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("parley sql: Table \"NOWHERE\" not found");
  }

  @Test
  void missingDataIsOneLine() {
    Run run = run("SELECT 1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("there is no " + data.resolve("host1/timeline"));
  }

  @Test
  void wrongOptionIsMisuse() {
    assertThat(run("--nonsense").exitCode()).isEqualTo(2);
  }

  @Test
  void runningServiceIsCopiedByItsLog() throws IOException {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new LogOnly())
            .build()
            .start();
    try {
      Run run = run("--server", "127.0.0.1:" + server.getPort(), "--csv", NEWEST);
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("3,").contains("2,one");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void serviceThatDoesNotAnswerIsOneLine() {
    Run run = run("--server", "127.0.0.1:1", "SELECT 1");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("the timeline service at 127.0.0.1:1 cannot be copied");
  }

  /** Answers CopyLog with a message per slot. */
  private static final class LogOnly extends StoreGrpc.StoreImplBase {

    @Override
    public void copyLog(CopyLogRequest request, StreamObserver<LogSlots> observer) {
      for (int i = (int) request.getFromSlot() - 1; i < BATCHES.size(); i++) {
        LogSlot.Builder slot =
            LogSlot.newBuilder()
                .setSlot(i + 1)
                .setEpoch("3@2")
                .setCount(BATCHES.get(i).size())
                .setEntries(ByteString.copyFrom(EntryCodec.encode(BATCHES.get(i))));
        observer.onNext(LogSlots.newBuilder().addSlots(slot).setUpToSlot(BATCHES.size()).build());
      }
      observer.onCompleted();
    }
  }
}

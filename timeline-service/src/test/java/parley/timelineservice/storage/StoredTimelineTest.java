package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.RandomEntries;
import parley.timelineservice.timeline.Script;
import parley.timelineservice.timeline.TimelineReads.AuthorSince;
import parley.timelineservice.timeline.TimelineReads.Edge;
import parley.timelineservice.timeline.TimelineReads.Graph;
import parley.timelineservice.timeline.TimelineReads.Run;
import parley.timelineservice.timeline.TimelineReads.Slot;

/** What readers get, compared with one list searched from end to end. */
class StoredTimelineTest {

  private static final long F1 = 0xF1;

  @TempDir Path folder;

  private final DumbTimeline model = new DumbTimeline();

  private void commit(TestReplica replica, List<Entry> entries) {
    model.applied(replica.commit(entries), entries);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void readersSeeWhatADumbModelSees(long seed) {
    Random random = new Random(seed);
    RandomEntries entries = new RandomEntries(random);
    TestReplica replica = new TestReplica(folder, 20);
    try {
      for (int step = 0; step < 250; step++) {
        commit(replica, entries.batch(replica.timeline));
        if (random.nextInt(60) == 0) {
          replica.close();
          replica = new TestReplica(folder, 20);
        }
        if (random.nextInt(4) == 0) {
          compareHistory(replica, random);
          compareRun(replica, random);
        }
      }
      compareAll(replica);
      replica.close();
      replica = new TestReplica(folder, 7);
      compareHistory(replica, random);
      compareAll(replica);
    } finally {
      replica.close();
    }
  }

  private void compareHistory(TestReplica replica, Random random) {
    long applied = replica.reads.appliedIndex();
    assertThat(applied).isEqualTo(model.commands.size());
    Map<String, AuthorSince> authors = new LinkedHashMap<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      String author = "user" + random.nextInt(14);
      authors.put(author, new AuthorSince(author, random.nextInt((int) applied + 1)));
    }
    long upTo = applied - random.nextInt((int) Math.min(applied, 50) + 1);
    int limit = random.nextInt(25);
    List<AuthorSince> wanted = List.copyOf(authors.values());
    assertThat(replica.reads.newest(wanted, upTo, limit))
        .isEqualTo(model.newest(wanted, upTo, limit));
  }

  private void compareRun(TestReplica replica, Random random) {
    long applied = replica.reads.appliedIndex();
    if (applied == 0) {
      return;
    }
    long from = 1 + random.nextInt((int) applied);
    Run run = replica.reads.run(from, random.nextInt(2000));
    assertThat(run.firstIndex()).isEqualTo(from);
    assertThat(run.count()).isPositive();
    assertThat(EntryCodec.decode(run.entries()))
        .isEqualTo(model.commands.subList((int) from - 1, (int) from - 1 + run.count()));
  }

  private void compareAll(TestReplica replica) {
    List<Entry> followed = new ArrayList<>();
    while (followed.size() < replica.reads.appliedIndex()) {
      Run run = replica.reads.run(followed.size() + 1, 1 << 20);
      followed.addAll(EntryCodec.decode(run.entries()));
    }
    assertThat(followed).isEqualTo(model.commands);
    assertThat(replica.reads.totals().posts()).isEqualTo(model.posts());
    assertThat(replica.reads.totals().users()).isEqualTo(replica.timeline.users().size());
    replica.write();
    compareGraph(replica);
  }

  private static void compareGraph(TestReplica replica) {
    Graph graph = replica.reads.graph();
    assertThat(graph.index()).isEqualTo(replica.timeline.appliedIndex());
    assertThat(graph.names()).isEqualTo(replica.timeline.users());
    Map<String, List<String>> followees = new LinkedHashMap<>();
    graph.names().forEach(name -> followees.put(name, new ArrayList<>()));
    for (Edge edge : graph.follows()) {
      String follower = graph.names().get(edge.follower());
      String followee = graph.names().get(edge.followee());
      followees.get(follower).add(followee);
      assertThat(edge.sinceIndex()).isEqualTo(replica.timeline.followsSince(follower, followee));
    }
    followees.forEach((name, list) -> assertThat(list).isEqualTo(replica.timeline.followees(name)));
  }

  @Test
  void nothingBeyondTheAppliedIndexCanBeRead() {
    try (TestReplica replica = new TestReplica(folder, 100)) {
      commit(replica, Script.register(F1, 1, 0));
      commit(replica, Script.of(F1, 1).create("ann").entries());
      assertThatThrownBy(() -> replica.reads.run(2, 100))
          .hasMessage("index 2 is not applied; the applied index is 1");
      assertThatThrownBy(() -> replica.reads.run(0, 100))
          .isInstanceOf(IllegalArgumentException.class);
      List<AuthorSince> ann = List.of(new AuthorSince("ann", 0));
      assertThatThrownBy(() -> replica.reads.newest(ann, 2, 20))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(replica.reads.newest(ann, 0, 20)).isEmpty();
    }
  }

  // R13: the graph is never ahead of what is written, and a run from there continues it

  @Test
  void graphIsOfOneIndexFromWhichTheTimelineGoesOn() {
    try (TestReplica replica = new TestReplica(folder, 100)) {
      commit(replica, Script.register(F1, 1, 0));
      commit(replica, Script.of(F1, 1).create("ann", "bob").entries());
      commit(replica, Script.of(F1, 3).follow("ann", "bob").create("cy").entries());
      Graph graph = replica.reads.graph();
      assertThat(graph.index()).isEqualTo(2);
      assertThat(graph.names()).containsExactly("ann", "bob");
      assertThat(graph.follows()).isEmpty();
      Run rest = replica.reads.run(graph.index() + 1, 1000);
      assertThat(rest.count()).isEqualTo(2);
    }
  }

  @Test
  void slotsAreAllAppliedOnesWithTheirWholeBatches() {
    try (TestReplica replica = new TestReplica(folder, 100)) {
      commit(replica, Script.register(F1, 1, 0));
      commit(replica, List.of());
      commit(replica, Script.of(F1, 1).create("ann", "ann").entries());
      List<Slot> slots = replica.reads.slots(1, 1000);
      assertThat(slots).extracting(Slot::slot).containsExactly(1L, 2L, 3L);
      assertThat(slots).extracting(Slot::epoch).containsOnly("1@1");
      assertThat(EntryCodec.decode(slots.get(2).entries())).hasSize(2);
      assertThat(replica.reads.slots(1, 1)).hasSize(1);
      assertThat(replica.reads.slots(4, 1000)).isEmpty();
    }
  }

  @Test
  void longHistoryComesFromSealedSegmentsAlsoAfterAReopen() throws SQLException {
    int posts = 500;
    try (TestReplica replica = new TestReplica(folder, 50)) {
      commit(replica, Script.register(F1, 1, 0));
      commit(replica, Script.of(F1, 1).create("ann", "bob", "cy").entries());
      commit(replica, Script.of(F1, 4).post("cy", "only one").entries());
      for (int i = 0; i < posts; i += 10) {
        Script script = Script.of(F1, 5 + i);
        for (int j = 0; j < 10; j++) {
          script.post(j == 0 ? "ann" : "bob", "text " + (i + j));
        }
        commit(replica, script.entries());
      }
      compareQuietAuthors(replica);
    }
    try (TestReplica replica = new TestReplica(folder, 50)) {
      compareQuietAuthors(replica);
    }
    try (Connection connection = new DatabaseFile(folder).open();
        ResultSet row = connection.createStatement().executeQuery("SELECT segments FROM replica")) {
      row.next();
      assertThat(row.getInt(1)).isGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void whatACrashLeftOfAnUnfinishedSegmentIsForgotten() throws SQLException {
    longHistoryComesFromSealedSegmentsAlsoAfterAReopen();
    try (Connection connection = new DatabaseFile(folder).open();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO author_index SELECT 1000, 0, entries FROM author_index LIMIT 1");
    }
    try (TestReplica replica = new TestReplica(folder, 50)) {
      compareQuietAuthors(replica);
    }
    try (Connection connection = new DatabaseFile(folder).open();
        ResultSet row =
            connection.createStatement().executeQuery("SELECT MAX(segment) FROM author_index")) {
      row.next();
      assertThat(row.getInt(1)).isLessThan(1000);
    }
  }

  private void compareQuietAuthors(TestReplica replica) {
    long upTo = replica.reads.appliedIndex();
    for (String author : List.of("ann", "cy")) {
      List<AuthorSince> wanted = List.of(new AuthorSince(author, 0));
      assertThat(replica.reads.newest(wanted, upTo, 20)).isEqualTo(model.newest(wanted, upTo, 20));
      assertThat(replica.reads.newest(wanted, 100, 5)).isEqualTo(model.newest(wanted, 100, 5));
    }
  }
}

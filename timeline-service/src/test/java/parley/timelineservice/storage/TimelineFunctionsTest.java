package parley.timelineservice.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Script;

/** What people get to see in SQL: what is applied and took effect, and nothing else (R13). */
class TimelineFunctionsTest {

  private static final long F1 = 0xF1;

  @TempDir Path folder;

  private List<String> query(String sql) throws SQLException {
    try (Connection connection = new DatabaseFile(folder).open();
        ResultSet rows = connection.createStatement().executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> line = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          line.add(rows.getString(column));
        }
        lines.add(String.join("|", line));
      }
      return lines;
    }
  }

  private void fill() {
    try (TestReplica replica = new TestReplica(folder, 5)) {
      replica.commit(Script.register(F1, 1, 0));
      replica.commit(Script.of(F1, 1).create("alice", "bob").follow("alice", "bob").entries());
      for (int i = 0; i < 20; i++) {
        replica.commit(
            Script.of(F1, 4 + 2 * i).post("alice", "a" + i).post("bob", "b" + i).entries());
        replica.commit(Script.of(F1, 4 + 2 * i).post("alice", "double").entries());
      }
      replica.commit(Script.of(F1, 99).post("alice", "void").entries());
      replica.commit(Script.of(F1, 44).post("nobody", "failed").unfollow("alice", "bob").entries());
      replica.write();
      replica.commit(Script.of(F1, 46).post("alice", "effects not written yet").entries());
    }
  }

  @Test
  void newestPostsOfAnAuthor() throws SQLException {
    fill();
    assertThat(query("SELECT text FROM posts('alice') ORDER BY idx DESC LIMIT 3"))
        .containsExactly("a19", "a18", "a17");
    assertThat(query("SELECT COUNT(*), MIN(idx), MAX(idx) FROM posts('alice')"))
        .containsExactly("20|4|42");
    assertThat(query("SELECT * FROM posts('nobody')")).isEmpty();
  }

  @Test
  void allPostsInOrder() throws SQLException {
    fill();
    assertThat(query("SELECT COUNT(*), COUNT(DISTINCT idx), MAX(idx) FROM posts()"))
        .containsExactly("40|40|43");
    assertThat(query("SELECT author, text FROM posts() WHERE idx BETWEEN 4 AND 7 ORDER BY idx"))
        .containsExactly("alice|a0", "bob|b0", "alice|a1", "bob|b1");
    assertThat(query("SELECT idx, slot, posted_at FROM posts() ORDER BY idx LIMIT 1"))
        .containsExactly("4|3|2023-11-14 22:13:20+00");
  }

  @Test
  void timelineShowsEverythingThatTookEffect() throws SQLException {
    fill();
    assertThat(query("SELECT idx, kind, name, other FROM timeline() WHERE kind <> 'post'"))
        .containsExactly(
            "1|create user|alice|null",
            "2|create user|bob|null",
            "3|follow|alice|bob",
            "44|unfollow|alice|bob");
    assertThat(query("SELECT COUNT(*) FROM timeline()")).containsExactly("44");
  }

  @Test
  void functionsCanBeJoinedWithTables() throws SQLException {
    fill();
    assertThat(
            query(
                "SELECT u.name, COUNT(*) FROM users u JOIN posts() p ON p.author = u.name"
                    + " GROUP BY u.name ORDER BY u.name"))
        .containsExactly("alice|20", "bob|20");
  }

  @Test
  void timesThatNoCalendarHasAreLeftOut() throws SQLException {
    try (TestReplica replica = new TestReplica(folder, 5)) {
      replica.commit(Script.register(F1, 1, 0));
      replica.commit(
          Script.of(F1, 1)
              .create("ann")
              .add(new Command.Post("ann", "far", Long.MAX_VALUE, Integer.MAX_VALUE, true))
              .add(new Command.Post("ann", "none", 5, 5, false))
              .add(new Command.Post("ann", "early", Long.MIN_VALUE, -1, true))
              .entries());
      replica.write();
    }
    assertThat(query("SELECT text, posted_at FROM posts()"))
        .containsExactly("far|null", "none|null", "early|null");
  }
}

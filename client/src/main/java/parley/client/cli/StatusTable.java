package parley.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;

/** Lays out the replicas' answers as text, one line each. */
final class StatusTable {

  private static final List<String> HEADER =
      List.of(
          "server",
          "host",
          "role",
          "epoch",
          "primary",
          "applied index",
          "committed slot",
          "users",
          "posts",
          "sessions");

  private StatusTable() {}

  static String of(Map<ServerAddress, Optional<ReplicaStatus>> answers) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    answers.forEach((server, answer) -> rows.add(row(server, answer)));
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        line.append(String.format("%-" + (widths[column] + 2) + "s", row.get(column)));
      }
      table.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return table.toString();
  }

  private static List<String> row(ServerAddress server, Optional<ReplicaStatus> answer) {
    return answer
        .map(
            status ->
                List.of(
                    server.toString(),
                    Integer.toString(status.host()),
                    status.role(),
                    orDash(status.epoch()),
                    orDash(status.primaryHost()),
                    Long.toString(status.appliedIndex()),
                    Long.toString(status.committedSlot()),
                    Long.toString(status.users()),
                    Long.toString(status.posts()),
                    Long.toString(status.sessions())))
        .orElseGet(() -> List.of(server.toString(), "-", "unreachable"));
  }

  private static String orDash(long number) {
    return number == 0 ? "-" : Long.toString(number);
  }
}

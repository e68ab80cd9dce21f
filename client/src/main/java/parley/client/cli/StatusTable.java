package parley.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.client.ReplicaStatus;

/** Lays out a cluster's status as text, one line for each host. */
final class StatusTable {

  private static final List<String> HEADER =
      List.of(
          "host",
          "address",
          "role",
          "epoch",
          "primary",
          "applied",
          "lag",
          "slot",
          "users",
          "posts",
          "sessions",
          "zookeeper",
          "frontend");
  private static final String UNREACHABLE = "unreachable";
  private static final String NOTHING = "-";

  private final Style style;

  StatusTable(Style style) {
    this.style = style;
  }

  String of(ClusterStatus cluster) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    cluster.hosts().forEach(host -> rows.add(row(cluster, host)));
    int[] widths = widths(rows);
    StringBuilder table = new StringBuilder(style.faint(line(HEADER, widths)));
    for (int i = 0; i < cluster.hosts().size(); i++) {
      String line = line(rows.get(i + 1), widths);
      table.append(System.lineSeparator()).append(styled(line, cluster.hosts().get(i)));
    }
    return table.toString();
  }

  private static List<String> row(ClusterStatus cluster, HostStatus host) {
    Optional<ReplicaStatus> replica = host.replica();
    return List.of(
        replica.map(status -> Integer.toString(status.host())).orElse(NOTHING),
        host.endpoints().timeline().host(),
        replica.map(ReplicaStatus::role).orElse(UNREACHABLE),
        replica.map(status -> unlessZero(status.epoch())).orElse(NOTHING),
        replica.map(status -> unlessZero(status.primaryHost())).orElse(NOTHING),
        replica.map(status -> Long.toString(status.appliedIndex())).orElse(NOTHING),
        replica.flatMap(cluster::lag).map(lag -> Long.toString(lag)).orElse(NOTHING),
        replica.map(status -> Long.toString(status.committedSlot())).orElse(NOTHING),
        replica.map(status -> Long.toString(status.users())).orElse(NOTHING),
        replica.map(status -> Long.toString(status.posts())).orElse(NOTHING),
        replica.map(status -> Long.toString(status.sessions())).orElse(NOTHING),
        host.zooKeeper().orElse(UNREACHABLE),
        host.frontendServes() ? host.endpoints().frontend().toString() : PeerProbe.NOT_SERVING);
  }

  private static String unlessZero(long number) {
    return number == 0 ? NOTHING : Long.toString(number);
  }

  private static int[] widths(List<List<String>> rows) {
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    return widths;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      line.append(String.format("%-" + (widths[column] + 2) + "s", row.get(column)));
    }
    return line.toString().stripTrailing();
  }

  private String styled(String line, HostStatus host) {
    if (host.replica().isEmpty()) {
      return style.bad(line);
    }
    return host.replica().get().serving() ? style.strong(line) : line;
  }
}

package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;

class StatusTableTest {

  private static final ClusterStatus CLUSTER =
      new ClusterStatus(
          List.of(
              new HostStatus(
                  host("127.0.0.1"),
                  Optional.of(new ReplicaStatus(1, "primary", 4, 1, true, 1200, 77, 10, 1100, 3)),
                  Optional.of("follower"),
                  true),
              new HostStatus(
                  host("127.0.0.2"),
                  Optional.of(new ReplicaStatus(2, "standby", 4, 1, false, 1195, 76, 10, 1096, 2)),
                  Optional.of("leader"),
                  false),
              new HostStatus(host("127.0.0.3"), Optional.empty(), Optional.empty(), false)));

  @Test
  void oneLineForEachHostAlsoForTheUnreachable() {
    assertThat(new StatusTable(Style.PLAIN).of(CLUSTER).lines().map(StatusTableTest::cells))
        .containsExactly(
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
                "frontend"),
            List.of(
                "1",
                "127.0.0.1",
                "primary",
                "4",
                "1",
                "1200",
                "0",
                "77",
                "10",
                "1100",
                "3",
                "follower",
                "127.0.0.1:3055"),
            List.of(
                "2",
                "127.0.0.2",
                "standby",
                "4",
                "1",
                "1195",
                "5",
                "76",
                "10",
                "1096",
                "2",
                "leader",
                "not serving"),
            List.of(
                "-",
                "127.0.0.3",
                "unreachable",
                "-",
                "-",
                "-",
                "-",
                "-",
                "-",
                "-",
                "-",
                "unreachable",
                "not serving"));
  }

  @Test
  void coloursAreAroundTheLines() {
    String plain = new StatusTable(Style.PLAIN).of(CLUSTER);
    String coloured = new StatusTable(Style.COLOURED).of(CLUSTER);
    assertThat(coloured).contains("\u001b[31m").isNotEqualTo(plain);
    assertThat(coloured.replaceAll("\u001b\\[\\d+m", "")).isEqualTo(plain);
  }

  @Test
  void withoutAPrimaryNobodyLags() {
    ReplicaStatus standby = new ReplicaStatus(2, "standby", 4, 1, false, 1195, 76, 10, 1096, 2);
    ClusterStatus cluster =
        new ClusterStatus(
            List.of(
                new HostStatus(
                    host("127.0.0.2"), Optional.of(standby), Optional.of("leader"), false)));
    assertThat(cluster.primary()).isEmpty();
    assertThat(cluster.lag(standby)).isEmpty();
  }

  @Test
  void primaryOfAnEarlierEpochIsNone() {
    ReplicaStatus deposed = new ReplicaStatus(1, "primary", 4, 1, true, 10, 1, 1, 1, 1);
    ReplicaStatus primary = new ReplicaStatus(2, "primary", 5, 2, true, 12, 2, 1, 1, 1);
    ClusterStatus cluster =
        new ClusterStatus(
            List.of(
                new HostStatus(host("a"), Optional.of(deposed), Optional.empty(), true),
                new HostStatus(host("b"), Optional.of(primary), Optional.empty(), true)));
    assertThat(cluster.primary()).contains(primary);
  }

  @Test
  void jsonLeavesOutWhatIsUnknown() throws Exception {
    JsonNode cluster = new ObjectMapper().readTree(StatusJson.of(CLUSTER));
    assertThat(cluster.path("primary").asInt()).isEqualTo(1);
    JsonNode standby = cluster.path("hosts").path(1);
    assertThat(standby.path("lag").asInt()).isEqualTo(5);
    assertThat(standby.path("zooKeeper").asText()).isEqualTo("leader");
    JsonNode gone = cluster.path("hosts").path(2);
    assertThat(gone.path("reachable").asBoolean(true)).isFalse();
    assertThat(gone.has("role")).isFalse();
    assertThat(gone.path("frontendServes").asBoolean(true)).isFalse();
  }

  private static List<String> cells(String line) {
    return List.of(line.split("\\s{2,}"));
  }

  private static HostEndpoints host(String address) {
    return HostEndpoints.usual(new ServerAddress(address, 3056));
  }
}

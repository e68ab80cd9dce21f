package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;

class StatusTableTest {

  @Test
  void oneLineForEachServiceAlsoForTheUnreachable() {
    Map<ServerAddress, Optional<ReplicaStatus>> answers = new LinkedHashMap<>();
    answers.put(
        new ServerAddress("127.0.0.1", 3056),
        Optional.of(new ReplicaStatus(1, "primary", 4, 1, true, 1200, 77, 10, 1100, 3)));
    answers.put(new ServerAddress("127.0.0.2", 3056), Optional.empty());

    assertThat(StatusTable.of(answers).lines())
        .satisfiesExactly(
            header -> assertThat(header).startsWith("server").endsWith("sessions"),
            first ->
                assertThat(first.split("\\s+"))
                    .containsExactly(
                        "127.0.0.1:3056",
                        "1",
                        "primary",
                        "4",
                        "1",
                        "1200",
                        "77",
                        "10",
                        "1100",
                        "3"),
            second ->
                assertThat(second.split("\\s+"))
                    .containsExactly("127.0.0.2:3056", "-", "unreachable"));
  }
}

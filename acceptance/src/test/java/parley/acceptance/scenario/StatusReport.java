package parley.acceptance.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.ScriptRun;

/** What {@code parley status --json} says, as somebody's script would read it. */
record StatusReport(int exitStatus, Optional<Integer> primary, List<JsonNode> hosts) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  static StatusReport ask(LocalCluster hosts) throws IOException, InterruptedException {
    ScriptRun.Result result =
        hosts
            .script("parley", "status", "--conf", hosts.conf().toString(), "--json")
            .await(TIMEOUT);
    JsonNode cluster = new ObjectMapper().readTree(result.output());
    Optional<Integer> primary = Optional.ofNullable(cluster.get("primary")).map(JsonNode::asInt);
    List<JsonNode> rows =
        IntStream.range(0, Hosts.COUNT)
            .mapToObj(i -> cluster.required("hosts").required(i))
            .toList();
    return new StatusReport(result.status(), primary, rows);
  }

  /** The hosts whose timeline service has answered. */
  List<Integer> reachable() {
    return IntStream.rangeClosed(1, Hosts.COUNT)
        .filter(host -> hosts.get(host - 1).required("reachable").asBoolean())
        .boxed()
        .toList();
  }
}

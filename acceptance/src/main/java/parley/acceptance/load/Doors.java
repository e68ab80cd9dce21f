package parley.acceptance.load;

import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import parley.client.ServerAddress;
import parley.client.v1.ParleyClient;

/**
 * The ways into the service.
 *
 * @param frontends where a host's frontend listens, for clients that know one address at a time
 * @param library connects the library, which is told of the frontends of some hosts
 */
public record Doors(
    IntFunction<ServerAddress> frontends, Function<Set<Integer>, ParleyClient> library) {

  /** Those of the hosts with these frontends. */
  public static Doors of(IntFunction<ServerAddress> frontends) {
    return new Doors(frontends, hosts -> ParleyClient.connect(target(hosts, frontends)));
  }

  private static String target(Set<Integer> hosts, IntFunction<ServerAddress> frontends) {
    return hosts.stream()
        .sorted()
        .map(host -> frontends.apply(host).toString())
        .collect(Collectors.joining(","));
  }
}

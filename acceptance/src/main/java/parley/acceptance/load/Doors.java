package parley.acceptance.load;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import parley.acceptance.lab.Hosts;
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

  private static final String REGISTRY = "/parley/services/frontend";

  /**
   * Those of the hosts with these frontends. Of the users of the library who may use all of them,
   * every second one is told of ZooKeeper's servers instead, and finds frontends there.
   */
  public static Doors of(
      IntFunction<ServerAddress> frontends, IntFunction<ServerAddress> zooKeepers) {
    AtomicInteger connected = new AtomicInteger();
    return new Doors(
        frontends,
        hosts -> {
          boolean finds = hosts.size() == Hosts.COUNT && connected.getAndIncrement() % 2 == 1;
          return ParleyClient.connect(
              finds ? "zk://" + list(hosts, zooKeepers) + REGISTRY : list(hosts, frontends));
        });
  }

  private static String list(Set<Integer> hosts, IntFunction<ServerAddress> addresses) {
    return hosts.stream()
        .sorted()
        .map(host -> addresses.apply(host).toString())
        .collect(Collectors.joining(","));
  }
}

package parley.client.discovery;

import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import parley.client.ServerAddress;

/**
 * What a target says: which ZooKeeper to ask, and under which znode the wanted services are.
 *
 * @param zooKeepers any of ZooKeeper's servers
 * @param path the parent of the services' znodes
 */
record ZkTarget(List<ServerAddress> zooKeepers, String path) {
  static final String SCHEME = "zk";

  private static final String EXAMPLE = "zk:///host1:2181,host2:2181/parley/services/frontend";
  private static final int ZOOKEEPER_PORT = 2181;
  private static final Pattern HOST = Pattern.compile("[\\w.:-]+");
  private static final Pattern PATH = Pattern.compile("(/(?!\\.{1,2}(/|$))[\\w.~-]+)+");

  ZkTarget {
    zooKeepers = List.copyOf(zooKeepers);
    for (ServerAddress zooKeeper : zooKeepers) {
      if (!HOST.matcher(zooKeeper.host()).matches()) {
        throw new IllegalArgumentException("'" + zooKeeper.host() + "' is not a host name");
      }
    }
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("'" + path + "' is not the path of a znode");
    }
  }

  /**
   * Reads {@code zk:///SERVERS/PATH} or {@code zk://SERVERS/PATH}; a server without a port has
   * ZooKeeper's usual one.
   *
   * @throws IllegalArgumentException with a message for people, if it is none
   */
  static ZkTarget parse(URI target) {
    try {
      String servers = target.getAuthority();
      String path = target.getPath();
      if (servers == null) {
        int end = path == null ? -1 : path.indexOf('/', 1);
        if (end < 0) {
          throw new IllegalArgumentException("it lacks ZooKeeper's servers or a path");
        }
        servers = path.substring(1, end);
        path = path.substring(end);
      }
      if (target.getRawQuery() != null || target.getRawFragment() != null) {
        throw new IllegalArgumentException("nothing may stand behind the path");
      }
      return new ZkTarget(ServerAddress.parseList(servers, ZOOKEEPER_PORT), path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the target '%s' cannot be used: %s; write it like %s"
              .formatted(target, e.getMessage(), EXAMPLE),
          e);
    }
  }

  /** ZooKeeper's servers as its clients take them. */
  String connectString() {
    return zooKeepers.stream().map(ServerAddress::toString).collect(Collectors.joining(","));
  }

  /** What is looked for: the last part of the path. */
  String service() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}

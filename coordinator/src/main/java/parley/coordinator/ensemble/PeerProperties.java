package parley.coordinator.ensemble;

import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.Host;
import parley.coordinator.cluster.HostFolder;

/** Turns the cluster's zoo.cfg into the one that this host's embedded peer runs with. */
final class PeerProperties {
  private static final Logger log = LoggerFactory.getLogger(PeerProperties.class);

  /** Used unless zoo.cfg says otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("autopurge.snapRetainCount", "3"),
          Map.entry("autopurge.purgeInterval", "1"),
          // All local clients share one address, and nobody else's limit protects anything here.
          Map.entry("maxClientCnxns", "0"),
          // KiB that each transaction log file takes from the start; the tree is tiny.
          Map.entry("preAllocSize", "1024"),
          Map.entry("snapCount", "20000"),
          Map.entry("cnxTimeout", "1000"),
          Map.entry("fastleader.maxNotificationInterval", "1000"));

  /** Never taken from zoo.cfg: the embedding depends on them. */
  private static final Map<String, String> FIXED =
      Map.ofEntries(
          Map.entry("admin.enableServer", "false"),
          Map.entry("4lw.commands.whitelist", "ruok,srvr,mntr"),
          Map.entry("reconfigEnabled", "false"),
          Map.entry("standaloneEnabled", "false"),
          Map.entry("jmx.log4j.disable", "true"),
          // An empty database has no vote of its own (see PeerData).
          Map.entry("db.autocreate", "false"),
          Map.entry("snapshot.trust.empty", "false"));

  private PeerProperties() {}

  private static Map<String, String> fixed(Host host, HostFolder folder) {
    Map<String, String> fixed = new TreeMap<>(FIXED);
    fixed.put("dataDir", folder.zooKeeper().toString());
    fixed.put("dataLogDir", folder.zooKeeper().toString());
    // Three local hosts share the port, each on its own address.
    fixed.put("clientPortAddress", host.address());
    return fixed;
  }

  static Properties of(ClusterConfig config, Host host, HostFolder folder) {
    Properties properties = new Properties();
    properties.putAll(DEFAULTS);
    properties.putAll(config.zooKeeperProperties());
    for (Map.Entry<String, String> fixed : fixed(host, folder).entrySet()) {
      Object given = properties.put(fixed.getKey(), fixed.getValue());
      if (given != null && !given.equals(fixed.getValue())) {
        log.warn(
            "{}: {}={} is not used; the embedded ZooKeeper runs with {}",
            config.folder().resolve("zoo.cfg"),
            fixed.getKey(),
            given,
            fixed.getValue());
      }
    }
    return properties;
  }
}

package parley.coordinator.ensemble;

import java.util.Map;
import java.util.Properties;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.Host;
import parley.coordinator.cluster.HostFolder;

/** Turns the cluster's zoo.cfg into the one that this host's embedded peer runs with. */
final class PeerProperties {
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

  static Properties of(ClusterConfig config, Host host, HostFolder folder) {
    Properties properties = new Properties();
    properties.putAll(DEFAULTS);
    properties.putAll(config.zooKeeperProperties());
    properties.putAll(FIXED);
    properties.remove("dataLogDir");
    properties.setProperty("dataDir", folder.zooKeeper().toString());
    // Three local hosts share the port, each on its own address.
    properties.setProperty("clientPortAddress", host.address());
    return properties;
  }
}

package parley.coordinator.cluster;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A configuration folder as every service sees it: the hosts from {@code zoo.cfg}, the only place
 * where they are named, and the settings from {@code parley.conf}. Immutable.
 */
public final class ClusterConfig {
  private static final Pattern SERVER_KEY = Pattern.compile("server\\.(.*)");
  private static final Pattern SERVER_VALUE =
      Pattern.compile("([A-Za-z0-9._-]+):(\\d{1,5}):(\\d{1,5})(?::participant)?");
  private static final String SERVER_FORM = "write server.N=ADDRESS:2888:3888.";
  private static final int HOST_ID_MAX = 255;

  /**
   * What ZooKeeper runs with where zoo.cfg is silent: it finds out within 2 s that a host is gone.
   */
  private static final Map<String, Integer> ZOOKEEPER_DEFAULTS = zooKeeperDefaults();

  private final Path folder;
  private final SortedMap<Integer, Host> hosts;
  private final int clientPort;
  private final Map<String, String> zooKeeper;
  private final Settings settings;

  private ClusterConfig(
      Path folder,
      SortedMap<Integer, Host> hosts,
      int clientPort,
      Map<String, String> zooKeeper,
      Settings settings) {
    this.folder = folder;
    this.hosts = Collections.unmodifiableSortedMap(hosts);
    this.clientPort = clientPort;
    this.zooKeeper = Collections.unmodifiableMap(zooKeeper);
    this.settings = settings;
  }

  /**
   * Reads {@code zoo.cfg} and, where it exists, {@code parley.conf}.
   *
   * @throws ConfigException the folder or zoo.cfg is missing, or a line of the two files cannot be
   *     used
   */
  public static ClusterConfig load(Path confDir) throws ConfigException {
    if (!Files.isDirectory(confDir)) {
      throw new ConfigException(
          confDir + ": no such folder; pass --conf DIR, a folder with a zoo.cfg in it.");
    }
    Path zooCfg = confDir.resolve("zoo.cfg");
    if (!Files.isRegularFile(zooCfg)) {
      throw new ConfigException(
          zooCfg + ": no such file; pass --conf DIR, a folder with a zoo.cfg in it.");
    }
    Path parleyConf = confDir.resolve("parley.conf");
    Settings settings =
        Settings.read(
            Files.exists(parleyConf)
                ? KeyValueFile.read(parleyConf)
                : KeyValueFile.empty(parleyConf));
    KeyValueFile file = KeyValueFile.read(zooCfg);
    SortedMap<Integer, Host> hosts = hosts(file);
    Map<String, String> zooKeeper = new TreeMap<>(file.values());
    for (Map.Entry<String, Integer> entry : ZOOKEEPER_DEFAULTS.entrySet()) {
      String key = entry.getKey();
      int max = key.equals("clientPort") ? 65_535 : 3_600_000;
      zooKeeper.put(key, Long.toString(file.number(key, entry.getValue(), 1, max)));
    }
    refuseSessionOutsideBounds(zooCfg, zooKeeper, settings);
    return new ClusterConfig(
        confDir, hosts, Integer.parseInt(zooKeeper.get("clientPort")), zooKeeper, settings);
  }

  /** The folder that was read. */
  public Path folder() {
    return folder;
  }

  /** All hosts by id, in ascending order. */
  public SortedMap<Integer, Host> hosts() {
    return hosts;
  }

  /**
   * The host with an id.
   *
   * @throws ConfigException zoo.cfg names no such host
   */
  public Host host(int id) throws ConfigException {
    Host host = hosts.get(id);
    if (host == null) {
      throw new ConfigException(
          "%s: no host %d; pass one of its hosts: --host %s, or add a line server.%d=ADDRESS:2888:3888."
              .formatted(zooCfg(), id, ids(hosts.values()), id));
    }
    return host;
  }

  /**
   * The host that is this machine, by the addresses of its network interfaces. Resolves names, so
   * may block on DNS.
   *
   * @throws ConfigException none of the hosts is this machine, or more than one is
   */
  public Host localHost() throws ConfigException {
    return localHost(ClusterConfig::isOwn);
  }

  Host localHost(Predicate<InetAddress> own) throws ConfigException {
    List<Host> here = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Host host : hosts.values()) {
      try {
        for (InetAddress address : InetAddress.getAllByName(host.address())) {
          if (own.test(address)) {
            here.add(host);
            break;
          }
        }
      } catch (UnknownHostException e) {
        unknown.add(host.address());
      }
    }
    if (here.size() == 1) {
      return here.get(0);
    }
    if (here.isEmpty()) {
      throw new ConfigException(
          "%s: none of its hosts (%s) has an address of this machine%s; correct the server lines or pass --host N."
              .formatted(
                  zooCfg(),
                  hosts.values().stream().map(Host::address).collect(Collectors.joining(", ")),
                  unknown.isEmpty()
                      ? ""
                      : ", and these names cannot be resolved: " + String.join(", ", unknown)));
    }
    throw new ConfigException(
        "%s: hosts %s all have addresses of this machine; say which one to use: --host N."
            .formatted(zooCfg(), ids(here)));
  }

  /**
   * All peers of the ensemble, as ZooKeeper's clients take them: {@code
   * address:2181,address:2181,…}.
   */
  public String zooKeeperConnectString() {
    return hosts.values().stream()
        .map(host -> host.at(clientPort))
        .collect(Collectors.joining(","));
  }

  /** The port on which each ensemble peer serves ZooKeeper's clients. */
  public int zooKeeperClientPort() {
    return clientPort;
  }

  /** All keys of zoo.cfg, with Parley's timing where the file gives none; sorted by key. */
  public Map<String, String> zooKeeperProperties() {
    return zooKeeper;
  }

  /** What parley.conf says, completed by the defaults. */
  public Settings settings() {
    return settings;
  }

  private Path zooCfg() {
    return folder.resolve("zoo.cfg");
  }

  private static Map<String, Integer> zooKeeperDefaults() {
    Map<String, Integer> defaults = new LinkedHashMap<>();
    defaults.put("clientPort", 2181);
    defaults.put("tickTime", 200);
    defaults.put("initLimit", 25);
    defaults.put("syncLimit", 6);
    defaults.put("minSessionTimeout", 500);
    defaults.put("maxSessionTimeout", 60_000);
    return defaults;
  }

  private static SortedMap<Integer, Host> hosts(KeyValueFile file) throws ConfigException {
    SortedMap<Integer, Host> hosts = new TreeMap<>();
    for (String key : file.values().keySet()) {
      Matcher server = SERVER_KEY.matcher(key);
      if (!server.matches()) {
        continue;
      }
      Host host = host(file, key, server.group(1));
      for (Host other : hosts.values()) {
        if (other.address().equalsIgnoreCase(host.address())) {
          throw file.wrong(
              key,
              "has the address of server.%d; give each host its own address."
                  .formatted(other.id()));
        }
      }
      if (hosts.putIfAbsent(host.id(), host) != null) {
        throw file.wrong(key, "names host %d again; keep one of the lines.".formatted(host.id()));
      }
    }
    if (hosts.isEmpty()) {
      throw new ConfigException(file.path() + ": names no hosts; for each of them " + SERVER_FORM);
    }
    return hosts;
  }

  private static Host host(KeyValueFile file, String key, String id) throws ConfigException {
    Matcher value = SERVER_VALUE.matcher(file.values().get(key));
    if (!value.matches()) {
      throw file.wrong(key, "is not a name or IPv4 address with two ports; " + SERVER_FORM);
    }
    if (!id.matches("\\d{1,3}") || Integer.parseInt(id) < 1 || Integer.parseInt(id) > HOST_ID_MAX) {
      throw file.wrong(
          key, "has no usable host number; in server.N, N is from 1 to " + HOST_ID_MAX + ".");
    }
    for (int group = 2; group <= 3; group++) {
      int port = Integer.parseInt(value.group(group));
      if (port < 1 || port > 65_535) {
        throw file.wrong(key, "has no usable port " + port + "; " + SERVER_FORM);
      }
    }
    return new Host(Integer.parseInt(id), value.group(1));
  }

  private static void refuseSessionOutsideBounds(
      Path zooCfg, Map<String, String> zooKeeper, Settings settings) throws ConfigException {
    int min = Integer.parseInt(zooKeeper.get("minSessionTimeout"));
    int max = Integer.parseInt(zooKeeper.get("maxSessionTimeout"));
    int session = settings.zooKeeperSessionMs();
    if (session < min || session > max) {
      throw new ConfigException(
          "%s: minSessionTimeout=%d and maxSessionTimeout=%d must enclose zookeeper.session.ms=%d of parley.conf; change one of them."
              .formatted(zooCfg, min, max, session));
    }
  }

  /** Loopback addresses other than the first belong to no interface, and yet to this machine. */
  private static boolean isOwn(InetAddress address) {
    try {
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private static String ids(Iterable<Host> hosts) {
    List<String> ids = new ArrayList<>();
    hosts.forEach(host -> ids.add(Integer.toString(host.id())));
    return String.join(", ", ids);
  }
}

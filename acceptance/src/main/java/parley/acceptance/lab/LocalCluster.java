package parley.acceptance.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.acceptance.lab.HostProbe.PeerRole;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;

/**
 * Three hosts on this machine, run by the shipped scripts of a Parley home from a temporary folder,
 * on a network that may have wires to cut. Closing it ends every process it ever started, also when
 * the JVM is ended by Ctrl-C.
 *
 * <p>Any thread may send signals and read the process table. Everything else is for one thread at a
 * time; who watches beside it has a {@link #probe}.
 */
public final class LocalCluster implements Hosts, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final int ZOOKEEPER_PORT = 2181;
  private static final int FRONTEND_PORT = 3055;
  private static final int TIMELINE_PORT = 3056;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PRIMARY_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final Path home;
  private final LabFolder folder;
  private final Network network;
  private final Clocks clocks;
  private final Disks disks;
  private final ProcessTable table;
  private final List<HostProbe> probes;
  // Guarded by this.
  private boolean kept;
  private boolean closed;
  private final Thread cleanUpAtExit = new Thread(this::cleanUp, "stop-hosts");

  private LocalCluster(Path home, LabFolder folder, Network network, Clocks clocks, Disks disks) {
    this.home = home;
    this.folder = folder;
    this.network = network;
    this.clocks = clocks;
    this.disks = disks;
    this.table = new ProcessTable(folder);
    this.probes = hosts().mapToObj(host -> probe(host, ANSWER_WITHIN)).toList();
  }

  /**
   * Three hosts on loopback addresses of their own, without equipment.
   *
   * @param home a folder with {@code scripts/} and {@code zk-conf/}, built
   */
  public static LocalCluster create(Path home) throws IOException, InterruptedException {
    return create(home, Network.loopback(), Equipment.PLAIN);
  }

  /**
   * Prepares a configuration and empty data folders; starts nothing. Equipment that cannot be had
   * here is left out: {@link #clocks} and {@link #disks} say why.
   *
   * @param home a folder with {@code scripts/} and {@code zk-conf/}, built
   * @param network closed together with the hosts
   */
  public static LocalCluster create(Path home, Network network, Equipment equipment)
      throws IOException, InterruptedException {
    Path absolute = home.toAbsolutePath().normalize();
    if (!Files.isExecutable(absolute.resolve("scripts/start_zk_and_services.sh"))) {
      throw new IOException(
          absolute + " is no Parley home: it has no scripts/start_zk_and_services.sh");
    }
    LabFolder folder = LabFolder.create();
    try {
      LocalCluster cluster =
          new LocalCluster(
              absolute,
              folder,
              network,
              equipment.clocks(folder, network),
              equipment.disks(folder, network));
      cluster.writeConfiguration();
      Runtime.getRuntime().addShutdownHook(cluster.cleanUpAtExit);
      return cluster;
    } catch (IOException e) {
      Remains.delete(folder.path());
      throw e;
    }
  }

  private void writeConfiguration() throws IOException {
    Path shipped = home.resolve("zk-conf/local");
    String zoo = Files.readString(shipped.resolve("zoo.cfg"));
    for (int host = 1; host <= COUNT; host++) {
      zoo = zoo.replace("=127.0.0." + host + ":", "=" + address(host) + ":");
    }
    Files.writeString(conf().resolve("zoo.cfg"), zoo);
    if (Files.exists(shipped.resolve("parley.conf"))) {
      Files.copy(shipped.resolve("parley.conf"), conf().resolve("parley.conf"));
    }
  }

  private static IntStream hosts() {
    return IntStream.rangeClosed(1, COUNT);
  }

  /** The configuration folder given to the scripts. */
  public Path conf() {
    return folder.conf();
  }

  /** The data folder given to the scripts of one host. */
  public Path data(int host) {
    return folder.data(host);
  }

  /** The log of a process, whichever one of its role runs. */
  public Path log(Role role, int host) {
    return folder.data(host).resolve("host" + host + "/log/" + role.label() + ".log");
  }

  public String address(int host) {
    return network.address(host);
  }

  @Override
  public ServerAddress frontend(int host) {
    return new ServerAddress(address(host), FRONTEND_PORT);
  }

  public ServerAddress zooKeeper(int host) {
    return new ServerAddress(address(host), ZOOKEEPER_PORT);
  }

  public ServerAddress timelineService(int host) {
    return new ServerAddress(address(host), TIMELINE_PORT);
  }

  /** The cables, where there are some. */
  public Optional<Wires> wires() {
    return network.wires();
  }

  /** The hosts' clocks. */
  public Clocks clocks() {
    return clocks;
  }

  /** The hosts' disks. */
  public Disks disks() {
    return disks;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    runOnAllHosts("start_zk_and_services.sh", START_TIMEOUT);
  }

  /** Starts what is missing of one host, and waits for the script's end. */
  public ScriptRun.Result start(int host) throws IOException, InterruptedException {
    return beginStart(host).await(START_TIMEOUT);
  }

  /** Starts what is missing of one host, and does not wait. */
  public ScriptRun beginStart(int host) throws IOException {
    return run("start_zk_and_services.sh", host);
  }

  @Override
  public void stop() throws IOException, InterruptedException {
    runOnAllHosts("stop_zk_and_services.sh", STOP_TIMEOUT);
  }

  /** Stops one host, and waits for the script's end. */
  public ScriptRun.Result stop(int host) throws IOException, InterruptedException {
    return run("stop_zk_and_services.sh", host).await(STOP_TIMEOUT);
  }

  /** Deletes all that a host keeps, as a new disk would; the host is not running. */
  public void loseDisk(int host) {
    Remains.delete(data(host).resolve("host" + host));
  }

  // At once: a host serves only when there are two.
  private void runOnAllHosts(String script, Duration timeout)
      throws IOException, InterruptedException {
    List<ScriptRun> runs = new ArrayList<>();
    for (int host = 1; host <= COUNT; host++) {
      runs.add(run(script, host));
    }
    for (ScriptRun run : runs) {
      run.await(timeout).orThrow();
    }
  }

  private ScriptRun run(String script, int host) throws IOException {
    return start(onHost(host, script));
  }

  private List<String> onHost(int host, String script) {
    return network.onHost(host, clocks.of(host, command(script, hostOptions(host))));
  }

  /** What every script is told about a host. */
  String[] hostOptions(int host) {
    return new String[] {
      "--conf", conf().toString(), "--host", Integer.toString(host), "--data", data(host).toString()
    };
  }

  /** Starts any of the home's scripts, on the clients' host. */
  public ScriptRun script(String name, String... arguments) throws IOException {
    return start(command(name, arguments));
  }

  private synchronized ScriptRun start(List<String> command) throws IOException {
    if (closed) {
      throw new IOException(
          "the laboratory is closed: " + String.join(" ", command) + " is not run any more");
    }
    return ScriptRun.start(command, folder.scripts());
  }

  private List<String> command(String script, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(home.resolve("scripts").resolve(script).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** All running processes of these hosts. */
  public List<ServiceProcess> processes() {
    return table.read();
  }

  /** A process of a host, if it runs. */
  public Optional<ServiceProcess> process(Role role, int host) {
    return processes().stream()
        .filter(process -> process.role() == role && process.host() == host)
        .findFirst();
  }

  /**
   * A process of a host.
   *
   * @throws IOException it does not run
   */
  public ServiceProcess running(Role role, int host) throws IOException {
    return process(role, host)
        .orElseThrow(
            () -> new IOException("the " + role.label() + " of host " + host + " is not running"));
  }

  /** Kills with signal 9. */
  public void kill(ServiceProcess process) throws IOException, InterruptedException {
    signal(process, "KILL");
  }

  /** Stops a process in its tracks, as a hung one. */
  public void pause(ServiceProcess process) throws IOException, InterruptedException {
    signal(process, "STOP");
  }

  /** Lets a paused process go on. */
  public void resume(ServiceProcess process) throws IOException, InterruptedException {
    signal(process, "CONT");
  }

  /** Lets a paused process go on; answers whether it was still there. */
  public boolean resumeIfThere(ServiceProcess process) throws IOException, InterruptedException {
    return table.signal(process, "CONT");
  }

  private void signal(ServiceProcess process, String signal)
      throws IOException, InterruptedException {
    if (!table.signal(process, signal)) {
      throw new IOException(process + " does not run any more: no " + signal + " sent");
    }
  }

  /**
   * Kills everything that runs on some hosts with signal 9, scripts included, until nothing is
   * left; answers the services among it.
   */
  public List<ServiceProcess> powerOff(Set<Integer> dying) throws IOException {
    return new Remains(table).killAll(dying);
  }

  /** A look at a host that any other thread may have; the caller closes it. */
  public HostProbe probe(int host, Duration answerWithin) {
    return new HostProbe(zooKeeper(host), timelineService(host), frontend(host), answerWithin);
  }

  /** Whether all three processes of a host serve. */
  public boolean serves(int host) throws InterruptedException {
    return probes.get(host - 1).serves();
  }

  /** Whether one process of a host serves. */
  public boolean serves(Role role, int host) throws InterruptedException {
    return probes.get(host - 1).serves(role);
  }

  /** The host whose ZooKeeper peer leads, if one does. */
  public Optional<Integer> zooKeeperLeader() {
    return hosts()
        .boxed()
        .filter(host -> probes.get(host - 1).peer().equals(Optional.of(PeerRole.LEADER)))
        .findFirst();
  }

  /** The host of the primary that serves, if there is one. */
  public Optional<Integer> primary() throws InterruptedException {
    return replicas().stream()
        .filter(ReplicaStatus::serving)
        .max(Comparator.comparingLong(ReplicaStatus::epoch))
        .map(ReplicaStatus::host);
  }

  // A busy machine may be late with its answers, or between two primaries.
  private int awaitPrimary() {
    AtomicReference<Integer> found = new AtomicReference<>();
    new Patience(PRIMARY_TIMEOUT)
        .await(
            "a timeline service is primary",
            () -> {
              found.set(primary().orElse(null));
              return found.get() != null;
            });
    return found.get();
  }

  /** The views of those timeline services that answer. */
  public List<ReplicaStatus> replicas() throws InterruptedException {
    List<ReplicaStatus> replicas = new ArrayList<>();
    for (HostProbe probe : probes) {
      probe.replica().ifPresent(replicas::add);
    }
    return replicas;
  }

  @Override
  public int killPrimary() throws IOException, InterruptedException {
    int host = awaitPrimary();
    kill(running(Role.TIMELINE_SERVICE, host));
    return host;
  }

  @Override
  public void killFrontend(int host) throws IOException, InterruptedException {
    kill(running(Role.FRONTEND, host));
  }

  @Override
  public boolean serving() throws InterruptedException {
    if (processes().size() != COUNT * Role.values().length) {
      return false;
    }
    List<ReplicaStatus> replicas = replicas();
    if (replicas.size() != COUNT || replicas.stream().noneMatch(ReplicaStatus::serving)) {
      return false;
    }
    for (int host = 1; host <= COUNT; host++) {
      if (!serves(host)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean level() throws InterruptedException {
    List<ReplicaStatus> replicas = replicas();
    return replicas.size() == COUNT
        && replicas.stream().mapToLong(ReplicaStatus::appliedIndex).distinct().count() == 1;
  }

  @Override
  public List<StoredPost> storedPosts(int host) throws IOException, InterruptedException {
    return new SqlTool(this).posts(host);
  }

  /** Tells, in order, those posts of one host's own data that stand behind an index. */
  public void storedPosts(int host, long index, Consumer<StoredPost> listener)
      throws IOException, InterruptedException {
    new SqlTool(this).posts(host, index, listener);
  }

  /**
   * Keeps configuration, data and logs after the end; answers where, or nothing if it is too late.
   */
  public synchronized Optional<Path> keep() {
    kept = !closed;
    return kept ? Optional.of(folder.path()) : Optional.empty();
  }

  @Override
  public void close() {
    cleanUp();
    try {
      Runtime.getRuntime().removeShutdownHook(cleanUpAtExit);
    } catch (IllegalStateException exitingAlready) {
      // Then the hook has run, or runs and finds nothing left to do.
      return;
    }
  }

  // The flag first: a hook at Ctrl-C runs beside an experiment that may be about to start
  // something.
  private void cleanUp() {
    boolean delete;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      delete = !kept;
    }
    stopInGoodOrder();
    killTheRest();
    probes.forEach(HostProbe::close);
    network.close();
    disks.release(!delete);
    if (delete) {
      Remains.delete(folder.path());
    }
  }

  private void stopInGoodOrder() {
    try {
      List<ScriptRun> runs = new ArrayList<>();
      for (int host = 1; host <= COUNT; host++) {
        runs.add(ScriptRun.start(onHost(host, "stop_zk_and_services.sh"), folder.scripts()));
      }
      for (ScriptRun run : runs) {
        run.await(STOP_TIMEOUT).orThrow();
      }
    } catch (IOException e) {
      LOG.warn("the stop script failed: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void killTheRest() {
    try {
      List<ServiceProcess> left = powerOff(hosts().boxed().collect(Collectors.toSet()));
      if (!left.isEmpty()) {
        LOG.warn("still running after the stop script, killed: {}", left);
      }
    } catch (IOException e) {
      LOG.error("{}", e.getMessage());
    }
  }
}

package parley.acceptance.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.HealthProbe;
import parley.client.ReplicaStatus;
import parley.client.ServerAddress;
import parley.client.StatusProbe;

/**
 * Three hosts on loopback addresses of their own, run by the shipped scripts of a Parley home from
 * a temporary folder. Closing it ends every process it ever started, also when the JVM is ended by
 * Ctrl-C.
 *
 * <p>For one thread at a time.
 */
public final class LocalCluster implements Hosts, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
  private static final int FRONTEND_PORT = 3055;
  private static final int TIMELINE_PORT = 3056;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(120);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PRIMARY_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

  private final Path home;
  private final Path folder;
  private final LoopbackHosts addresses;
  private final ProcessTable table;
  private final StatusProbe status;
  private final List<HealthProbe> health = new ArrayList<>();
  // Guarded by this.
  private boolean kept;
  private boolean closed;
  private final Thread cleanUpAtExit = new Thread(this::cleanUp, "stop-hosts");

  private LocalCluster(Path home, Path folder, LoopbackHosts addresses) {
    this.home = home;
    this.folder = folder;
    this.addresses = addresses;
    this.table = new ProcessTable(data());
    this.status = new StatusProbe(hosts().mapToObj(this::timelineService).toList());
    hosts().forEach(host -> health.add(new HealthProbe(frontend(host))));
  }

  /**
   * Prepares a configuration and an empty data folder; starts nothing.
   *
   * @param home a folder with {@code scripts/} and {@code zk-conf/}, built
   */
  public static LocalCluster create(Path home) throws IOException {
    Path absolute = home.toAbsolutePath().normalize();
    if (!Files.isExecutable(absolute.resolve("scripts/start_zk_and_services.sh"))) {
      throw new IOException(
          absolute + " is no Parley home: it has no scripts/start_zk_and_services.sh");
    }
    LoopbackHosts addresses = LoopbackHosts.reserve(new Random());
    Path folder = Files.createTempDirectory("parley-lab").toRealPath();
    LocalCluster cluster = new LocalCluster(absolute, folder, addresses);
    Runtime.getRuntime().addShutdownHook(cluster.cleanUpAtExit);
    cluster.writeConfiguration();
    return cluster;
  }

  private void writeConfiguration() throws IOException {
    Files.createDirectories(conf());
    Files.createDirectories(data());
    Path shipped = home.resolve("zk-conf/local");
    String zoo = Files.readString(shipped.resolve("zoo.cfg"));
    for (int host = 1; host <= COUNT; host++) {
      zoo = zoo.replace("=127.0.0." + host + ":", "=" + addresses.address(host) + ":");
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
    return folder.resolve("conf");
  }

  /** The data folder given to the scripts, shared by the three hosts. */
  public Path data() {
    return folder.resolve("data");
  }

  public String address(int host) {
    return addresses.address(host);
  }

  @Override
  public ServerAddress frontend(int host) {
    return new ServerAddress(addresses.address(host), FRONTEND_PORT);
  }

  public ServerAddress timelineService(int host) {
    return new ServerAddress(addresses.address(host), TIMELINE_PORT);
  }

  @Override
  public void start() throws IOException, InterruptedException {
    runOnAllHosts("start_zk_and_services.sh", START_TIMEOUT);
  }

  /** Starts what is missing of one host, and waits for the script's end. */
  public ScriptRun.Result start(int host) throws IOException, InterruptedException {
    return run("start_zk_and_services.sh", host).await(START_TIMEOUT);
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
    Remains.delete(data().resolve("host" + host));
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
    return script(script, hostOptions(host));
  }

  /** What every script is told about a host. */
  String[] hostOptions(int host) {
    return new String[] {
      "--conf", conf().toString(), "--host", Integer.toString(host), "--data", data().toString()
    };
  }

  /** Starts any of the home's scripts. */
  public synchronized ScriptRun script(String name, String... arguments) throws IOException {
    if (closed) {
      throw new IOException("the laboratory is closed: " + name + " is not run any more");
    }
    return ScriptRun.start(command(name, arguments), folder);
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

  private void signal(ServiceProcess process, String signal)
      throws IOException, InterruptedException {
    if (!table.signal(process, signal)) {
      throw new IOException(process + " does not run any more: no " + signal + " sent");
    }
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
    return status.ask(ANSWER_WITHIN).values().stream().flatMap(Optional::stream).toList();
  }

  @Override
  public int killPrimary() throws IOException, InterruptedException {
    int host = awaitPrimary();
    killOne(Role.TIMELINE_SERVICE, host);
    return host;
  }

  @Override
  public void killFrontend(int host) throws IOException, InterruptedException {
    killOne(Role.FRONTEND, host);
  }

  private void killOne(Role role, int host) throws IOException, InterruptedException {
    kill(
        process(role, host)
            .orElseThrow(
                () -> new IOException("the " + role + " of host " + host + " is not running")));
  }

  @Override
  public boolean serving() throws InterruptedException {
    if (processes().size() != COUNT * Role.values().length) {
      return false;
    }
    List<ReplicaStatus> replicas = replicas();
    return replicas.size() == COUNT
        && replicas.stream().anyMatch(ReplicaStatus::serving)
        && allFrontendsServe();
  }

  @Override
  public boolean level() throws InterruptedException {
    List<ReplicaStatus> replicas = replicas();
    return replicas.size() == COUNT
        && replicas.stream().mapToLong(ReplicaStatus::appliedIndex).distinct().count() == 1;
  }

  private boolean allFrontendsServe() {
    List<CompletableFuture<Boolean>> answers =
        health.stream().map(probe -> probe.serving(ANSWER_WITHIN)).toList();
    return answers.stream().allMatch(CompletableFuture::join);
  }

  @Override
  public List<StoredPost> storedPosts(int host) throws IOException, InterruptedException {
    return new SqlTool(this).posts(host);
  }

  /**
   * Keeps configuration, data and logs after the end; answers where, or nothing if it is too late.
   */
  public synchronized Optional<Path> keep() {
    kept = !closed;
    return kept ? Optional.of(folder) : Optional.empty();
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
    new Remains(table).killAll();
    status.close();
    health.forEach(HealthProbe::close);
    addresses.close();
    if (delete) {
      Remains.delete(folder);
    }
  }

  private void stopInGoodOrder() {
    try {
      List<ScriptRun> runs = new ArrayList<>();
      for (int host = 1; host <= COUNT; host++) {
        runs.add(ScriptRun.start(command("stop_zk_and_services.sh", hostOptions(host)), folder));
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
}

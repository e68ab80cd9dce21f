package parley.frontend.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.Host;
import parley.coordinator.cluster.Settings;
import parley.coordinator.supervision.DeathListener;
import parley.coordinator.supervision.HostProcess;
import parley.coordinator.supervision.Role;
import parley.coordinator.supervision.StartFailure;
import parley.coordinator.zookeeper.Service;
import parley.coordinator.zookeeper.ServiceEntry;
import parley.coordinator.zookeeper.ServiceRegistry;
import parley.coordinator.zookeeper.SessionFile;
import parley.coordinator.zookeeper.ZooKeeperClient;

/** The frontend process: {@code --conf DIR --host N --data DIR}. */
public final class FrontendMain {
  private static final Logger LOG = LoggerFactory.getLogger(FrontendMain.class);

  /** Held here, because a logger that nobody holds forgets its level. */
  private static final java.util.logging.Logger GRPC_LOG =
      java.util.logging.Logger.getLogger("io.grpc");

  private FrontendMain() {}

  /** Runs until it is killed. */
  public static void main(String[] arguments) {
    HostProcess.run(Role.FRONTEND, arguments, FrontendMain::start);
  }

  private static void start(HostProcess process) throws Exception {
    // At lower levels gRPC tells of each client that goes away during a write.
    GRPC_LOG.setLevel(Level.SEVERE);
    process.supervise(DeathListener.NONE);
    ClusterConfig config = process.config();
    Settings settings = config.settings();
    Host host = config.host(process.arguments().hostId());
    Map<Integer, InetSocketAddress> stores = new TreeMap<>();
    for (Host each : config.hosts().values()) {
      stores.put(
          each.id(), InetSocketAddress.createUnresolved(each.address(), settings.timelinePort()));
    }
    Frontend frontend = start(process, host, stores, settings);
    process.probedBy(frontend::turn);
    register(process, host, settings);
  }

  /** A hint for clients; without it, or without ZooKeeper, this frontend serves all the same. */
  private static void register(HostProcess process, Host host, Settings settings) {
    ZooKeeperClient zooKeeper =
        new ZooKeeperClient(
            process.config(),
            SessionFile.of(process.folder(), Service.FRONTEND),
            why -> LOG.warn("This frontend serves on without ZooKeeper until it is restarted."));
    new ServiceRegistry(zooKeeper)
        .register(new ServiceEntry(Service.FRONTEND, host, settings.frontendPort(), 0));
    zooKeeper.start();
  }

  private static Frontend start(
      HostProcess process, Host host, Map<Integer, InetSocketAddress> stores, Settings settings)
      throws StartFailure {
    InetSocketAddress listen = new InetSocketAddress(host.address(), settings.frontendPort());
    try {
      return new Frontend(host.id(), stores, listen, settings, new ProcessListener(process));
    } catch (IOException e) {
      throw new StartFailure(
          StartFailure.FAILED,
          "cannot listen on %s (%s); end what uses it, or change frontend.port in parley.conf."
              .formatted(
                  host.at(settings.frontendPort()),
                  e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
    }
  }

  private record ProcessListener(HostProcess process) implements Frontend.Listener {
    @Override
    public void onServing() {
      process.serving();
    }

    @Override
    public void onWaiting(String forWhat) {
      process.waiting(forWhat);
    }

    @Override
    public void onSuperseded(String why) {
      process.halt(why, null);
    }

    @Override
    public void onBroken(Throwable why) {
      process.halt("The frontend's loop has ended by an error", why);
    }
  }
}

package parley.coordinator.zookeeper;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.nodes.PersistentNode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in ZooKeeper where this process is reached, for as long as it lives: after a lost session, a
 * deleted node or an emptied ZooKeeper, it says it again.
 *
 * <p>Any thread; no method blocks.
 */
public final class ServiceRegistry {
  private static final Logger log = LoggerFactory.getLogger(ServiceRegistry.class);
  private static final int PATIENCE_SESSIONS = 3;

  private final ZooKeeperClient client;
  private final Map<String, Registration> registrations = new LinkedHashMap<>();
  private CuratorFramework curator;

  public ServiceRegistry(ZooKeeperClient client) {
    this.client = client;
    client.add(
        new Tenant() {
          @Override
          public void opened(CuratorFramework opened) {
            curator = opened;
            registrations.values().forEach(ServiceRegistry.this::create);
          }

          @Override
          public void closing() {
            // The nodes go with the session; closing them one by one could block.
            curator = null;
          }

          @Override
          public void tick(long nanos, boolean usable) {
            registrations.values().forEach(registration -> check(registration, nanos, usable));
          }
        });
  }

  /**
   * Keeps an entry in ZooKeeper until the client is closed; registering it again changes nothing.
   */
  public void register(ServiceEntry entry) {
    client.execute(
        () -> {
          if (registrations.containsKey(entry.path())) {
            return;
          }
          Registration registration = new Registration(entry);
          registrations.put(entry.path(), registration);
          if (curator != null) {
            create(registration);
          }
        });
  }

  private void create(Registration registration) {
    ServiceEntry entry = registration.entry;
    registration.node =
        new PersistentNode(curator, CreateMode.EPHEMERAL, false, entry.path(), entry.json());
    registration.node.start();
  }

  /**
   * Curator's node repairs itself, but not where its parent vanishes while it does so, or where its
   * timers are led astray by a clock.
   */
  private void check(Registration registration, long nanos, boolean usable) {
    CuratorFramework checked = curator;
    if (!usable || client.handle().isEmpty()) {
      registration.missing.observe(nanos, false);
      return;
    }
    ZooKeeper handle = client.handle().get();
    handle.exists(
        registration.entry.path(),
        false,
        (rc, path, context, stat) -> {
          boolean missing = rc == Code.NONODE.intValue();
          if (missing || rc == Code.OK.intValue()) {
            client.execute(
                () -> {
                  if (checked == curator) {
                    judge(registration, nanos, missing);
                  }
                });
          }
        },
        null);
  }

  private void judge(Registration registration, long nanos, boolean missing) {
    long lasted = registration.missing.observe(nanos, missing);
    if (!missing) {
      registration.replaced = false;
      return;
    }
    if (lasted < PATIENCE_SESSIONS * client.sessionNanos()) {
      return;
    }
    registration.missing.observe(nanos, false);
    log.warn("{} is missing although it should be registered", registration.entry.path());
    if (registration.replaced) {
      registration.replaced = false;
      client.renew("a registration cannot be made");
    } else {
      registration.replaced = true;
      replace(registration);
    }
  }

  /** Closing waits for one answer of ZooKeeper, which answered a moment ago. */
  private void replace(Registration registration) {
    try {
      registration.node.close();
    } catch (IOException e) {
      log.warn("{}: {}", registration.entry.path(), e.toString());
    }
    create(registration);
  }

  private static final class Registration {
    private final ServiceEntry entry;
    private final Persistence missing = new Persistence();
    private PersistentNode node;
    private boolean replaced;

    Registration(ServiceEntry entry) {
      this.entry = entry;
    }
  }
}

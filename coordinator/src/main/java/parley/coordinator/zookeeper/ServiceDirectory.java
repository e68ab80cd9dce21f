package parley.coordinator.zookeeper;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.cache.CuratorCache;
import org.apache.curator.framework.recipes.cache.CuratorCacheListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the registry says about where services are, kept up to date in memory.
 *
 * <p>Hints: entries outlive their processes for up to a session's time-out, and what was known
 * stays known while ZooKeeper is away.
 */
public final class ServiceDirectory {
  private static final Logger log = LoggerFactory.getLogger(ServiceDirectory.class);

  private final ZooKeeperClient client;
  private final List<Consumer<Service>> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<Service, List<ServiceEntry>> known = Map.of();
  private CuratorCache cache;

  public ServiceDirectory(ZooKeeperClient client) {
    this.client = client;
    client.add(
        new Tenant() {
          @Override
          public void opened(CuratorFramework curator) {
            open(curator);
          }

          @Override
          public void closing() {
            cache.close();
            cache = null;
          }
        });
  }

  /**
   * The known entries of a service by host id; empty before ZooKeeper has answered. Any thread,
   * never blocks.
   */
  public List<ServiceEntry> list(Service service) {
    return known.getOrDefault(service, List.of());
  }

  /**
   * Adds a listener that hears which service's entries changed. It is called on the client's thread
   * and must not block.
   */
  public void onChange(Consumer<Service> listener) {
    listeners.add(listener);
  }

  private void open(CuratorFramework curator) {
    CuratorCache opened = CuratorCache.build(curator, ServiceEntry.root());
    cache = opened;
    opened
        .listenable()
        .addListener(
            CuratorCacheListener.builder()
                .forAll((type, before, after) -> client.execute(() -> read(opened)))
                .forInitialized(() -> client.execute(() -> read(opened)))
                // A cache that is still being filled would make entries vanish for a moment.
                .afterInitialized()
                .build());
    opened.start();
  }

  private void read(CuratorCache which) {
    if (which != cache) {
      return;
    }
    Map<Service, List<ServiceEntry>> before = known;
    Map<Service, List<ServiceEntry>> next = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      String prefix = ServiceEntry.root() + "/" + service.label() + "/";
      next.put(
          service,
          cache.stream()
              .filter(node -> node.getPath().startsWith(prefix))
              .flatMap(node -> ServiceEntry.parse(service, node.getData()).stream())
              .sorted(Comparator.comparingInt(entry -> entry.host().id()))
              .toList());
    }
    known = next;
    for (Service service : Service.values()) {
      if (!next.get(service).equals(before.getOrDefault(service, List.of()))) {
        log.debug("{}: {}", service.label(), next.get(service));
        listeners.forEach(listener -> listener.accept(service));
      }
    }
  }
}

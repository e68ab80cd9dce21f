package parley.client.discovery;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The watches of this JVM: one per target, opened with the first channel and closed with the last.
 * Any thread; no method blocks.
 */
final class Watches {
  private static final int REMEMBERED_MAX = 16;

  private final Map<ZkTarget, Shared> open = new HashMap<>();

  /**
   * What the closed ones knew. A channel leaves its watch also when it has long been idle, and must
   * find a frontend at its next call even if ZooKeeper is away then.
   */
  private final Map<ZkTarget, List<Frontend>> remembered = new LinkedHashMap<>();

  /** The watch of a target, which from now on tells this listener, too. */
  synchronized RegistryWatch join(ZkTarget target, Consumer<View> listener) {
    Shared shared = open.get(target);
    if (shared == null) {
      List<Frontend> known = remembered.remove(target);
      shared = new Shared(new RegistryWatch(target, known == null ? List.of() : known));
      shared.watch.start();
      open.put(target, shared);
    }
    shared.listeners++;
    shared.watch.add(listener);
    return shared.watch;
  }

  /** Takes back one {@link #join}. */
  synchronized void leave(ZkTarget target, Consumer<View> listener) {
    Shared shared = open.get(target);
    shared.watch.remove(listener);
    if (--shared.listeners > 0) {
      return;
    }
    open.remove(target);
    List<Frontend> known = shared.watch.known();
    shared.watch.close();
    if (!known.isEmpty()) {
      remembered.put(target, known);
      if (remembered.size() > REMEMBERED_MAX) {
        remembered.remove(remembered.keySet().iterator().next());
      }
    }
  }

  private static final class Shared {
    private final RegistryWatch watch;
    private int listeners;

    Shared(RegistryWatch watch) {
      this.watch = watch;
    }
  }
}

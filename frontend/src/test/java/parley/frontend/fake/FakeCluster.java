package parley.frontend.fake;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import parley.coordinator.cluster.Settings;
import parley.frontend.app.Frontend;

/** A fake store with real frontends, and clients of theirs; all of it ends with the test. */
public final class FakeCluster implements AutoCloseable {
  static {
    // Nothing here takes a second, unless the machine is busy with something else.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(40));
  }

  private final Settings settings;
  private final FakeStore store = new FakeStore();
  private final Map<Integer, Frontend> frontends = new ConcurrentHashMap<>();
  private final List<Runnable> connections = new ArrayList<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();

  public FakeCluster() throws IOException {
    this(Settings.defaults());
  }

  public FakeCluster(Settings settings) throws IOException {
    this.settings = settings;
  }

  /** With the default settings but for one, by the name of its component. */
  public static FakeCluster with(String setting, int value)
      throws IOException, ReflectiveOperationException {
    RecordComponent[] components = Settings.class.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] =
          components[i].getName().equals(setting)
              ? value
              : components[i].getAccessor().invoke(Settings.defaults());
    }
    return new FakeCluster(Settings.class.getDeclaredConstructor(types).newInstance(values));
  }

  public FakeStore store() {
    return store;
  }

  /** Why frontends had to end, as far as they had to. */
  public List<String> ends() {
    return ends;
  }

  /** A new client of a host's frontend, which is started if need be. */
  public TestClient client(int host) {
    TestClient client = new TestClient(living(host).port());
    connections.add(client::close);
    return client;
  }

  /** The same for parley.v1. */
  public ParleyClient parleyClient(int host) {
    ParleyClient client = new ParleyClient(living(host).port());
    connections.add(client::close);
    return client;
  }

  public Frontend frontend(int host) {
    return frontends.computeIfAbsent(host, this::start);
  }

  private Frontend living(int host) {
    if (!ends.isEmpty()) {
      throw new AssertionError("a frontend has ended: " + ends);
    }
    return frontend(host);
  }

  private Frontend start(int host) {
    try {
      return new Frontend(
          host, store.addresses(), new InetSocketAddress("127.0.0.1", 0), settings, new Ends(ends));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    connections.forEach(Runnable::run);
    frontends.values().forEach(Frontend::close);
    store.close();
  }
}

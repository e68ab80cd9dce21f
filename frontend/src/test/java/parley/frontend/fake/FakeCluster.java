package parley.frontend.fake;

import java.io.IOException;
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
  private final List<TestClient> clients = new ArrayList<>();
  private final List<String> ends = new CopyOnWriteArrayList<>();

  public FakeCluster() throws IOException {
    this(Settings.defaults());
  }

  public FakeCluster(Settings settings) throws IOException {
    this.settings = settings;
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
    if (!ends.isEmpty()) {
      throw new AssertionError("a frontend has ended: " + ends);
    }
    TestClient client = new TestClient(frontend(host).port());
    clients.add(client);
    return client;
  }

  public Frontend frontend(int host) {
    return frontends.computeIfAbsent(host, this::start);
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
    clients.forEach(TestClient::close);
    frontends.values().forEach(Frontend::close);
    store.close();
  }
}

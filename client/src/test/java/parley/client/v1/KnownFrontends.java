package parley.client.v1;

import java.util.List;
import parley.client.ServerAddress;

/** A directory whose order a test knows. */
record KnownFrontends(List<ServerAddress> all) implements Directory {
  @Override
  public void start(Listener listener) {
    listener.onFrontends(all);
  }

  @Override
  public void refresh() {
    // It knows all.
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}

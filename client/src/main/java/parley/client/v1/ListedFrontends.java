package parley.client.v1;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import parley.client.ServerAddress;

/** The frontends that somebody has written down, in an order drawn at random: so clients spread. */
final class ListedFrontends implements Directory {
  private final List<ServerAddress> frontends;

  ListedFrontends(List<ServerAddress> frontends) {
    List<ServerAddress> shuffled = new ArrayList<>(new LinkedHashSet<>(frontends));
    Collections.shuffle(shuffled);
    this.frontends = List.copyOf(shuffled);
  }

  @Override
  public void start(Listener listener) {
    listener.onFrontends(frontends);
  }

  @Override
  public void refresh() {
    // There are no others.
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}

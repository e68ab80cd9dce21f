package parley.client.v1;

import java.util.List;
import parley.client.ServerAddress;

/** Knows where frontends are. Its methods are called on the loop and do not block. */
interface Directory {

  /** Is told on the loop. */
  interface Listener {

    /** These are known now, at least one, in the order in which this client should try them. */
    void onFrontends(List<ServerAddress> frontends);

    /** None has ever been known, and this is why. */
    void onNothing(String why);
  }

  void start(Listener listener);

  /** None of those that are known serves: looks whether there are others. */
  void refresh();

  void close();
}

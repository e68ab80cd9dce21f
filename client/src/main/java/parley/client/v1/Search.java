package parley.client.v1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import parley.client.ServerAddress;
import parley.client.v1.Connection.Health;

/**
 * One round through the frontends: they are tried in order, the next one when the last has failed
 * or is slow; the first that serves wins, and the others' connections are closed (RFC 8305, "happy
 * eyeballs", over servers instead of addresses). Owned by the loop.
 */
final class Search {
  private static final long SLOW_MS = 250;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  /** Is told once, unless the search is closed before. */
  interface Listener {
    void onFound(Connection connection);

    /**
     * All have been tried.
     *
     * @param lastProblem of the last one; empty if there was none to be tried
     */
    void onNobodyServes(String lastProblem);
  }

  private final Loop loop;
  private final Iterator<ServerAddress> left;
  private final Listener listener;
  private final List<Connection> tried = new ArrayList<>();
  private String problem = "";
  private Future<?> nextOne = CompletableFuture.completedFuture(null);
  private boolean over;

  Search(Loop loop, List<ServerAddress> order, Listener listener) {
    this.loop = loop;
    this.left = List.copyOf(order).iterator();
    this.listener = listener;
  }

  void begin() {
    tryNext();
    maybeGiveUp();
  }

  /** Gives up. */
  void close() {
    if (!over) {
      over = true;
      nextOne.cancel(false);
      tried.forEach(Connection::close);
    }
  }

  private void tryNext() {
    while (left.hasNext()) {
      ServerAddress frontend = left.next();
      try {
        Connection connection = new Connection(frontend, loop);
        tried.add(connection);
        nextOne = loop.schedule(SLOW_MS, this::tryNext);
        connection.probe(ANSWER_WITHIN, health -> onAnswer(connection, health));
        return;
      } catch (IllegalArgumentException noHost) {
        problem = frontend + ": " + noHost.getMessage();
      }
    }
  }

  private void maybeGiveUp() {
    if (tried.isEmpty()) {
      over = true;
      listener.onNobodyServes(problem);
    }
  }

  private void onAnswer(Connection connection, Health health) {
    if (over) {
      return;
    }
    tried.remove(connection);
    if (health instanceof Health.Serving) {
      close();
      listener.onFound(connection);
      return;
    }
    connection.close();
    problem = connection.frontend() + ": " + words(health);
    nextOne.cancel(false);
    tryNext();
    maybeGiveUp();
  }

  private static String words(Health health) {
    return health instanceof Health.Silent silent ? silent.why() : "it has no primary";
  }
}

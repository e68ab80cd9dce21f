package parley.client.v1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import parley.client.ServerAddress;
import parley.client.v1.Connection.Health;

/**
 * One round through the frontends: they are tried in order, the next one when the last does not
 * serve or is slow; the first that serves wins, and the others' connections are closed (RFC 8305,
 * "happy eyeballs", over servers instead of addresses). Who does not serve yet is left to say when
 * it does, so nobody has to ask again and again. Owned by the loop.
 */
final class Search {
  private static final long SLOW_MS = 250;
  private static final long LONGEST_MS = 2_000;

  /** Is told once, unless the search is closed before. */
  interface Listener {
    void onFound(Connection connection);

    /**
     * All have been tried, and had some time.
     *
     * @param lastProblem of the last one; empty if there was none to be tried
     */
    void onNobodyServes(String lastProblem);
  }

  private final Loop loop;
  private final Queue<ServerAddress> left;
  private final Listener listener;
  private final List<Connection> tried = new ArrayList<>();

  /** Those of them that have said that they do not serve. */
  private final Set<Connection> waiting = new HashSet<>();

  private String problem = "";
  private Future<?> nextOne = CompletableFuture.completedFuture(null);
  private Future<?> end = CompletableFuture.completedFuture(null);
  private boolean over;

  Search(Loop loop, List<ServerAddress> order, Listener listener) {
    this.loop = loop;
    this.left = new ArrayDeque<>(order);
    this.listener = listener;
  }

  void begin() {
    end = loop.schedule(LONGEST_MS, this::endUnanswered);
    tryNext();
    maybeGiveUp();
  }

  /** Includes those which are not under way or to be tried anyway. */
  void include(List<ServerAddress> frontends) {
    boolean idle = left.isEmpty();
    frontends.stream()
        .filter(frontend -> !left.contains(frontend) && !isTried(frontend))
        .forEach(left::add);
    if (idle) {
      nextOne.cancel(false);
      tryNext();
    }
  }

  /** Why nobody was found yet, for people; empty if nothing is known. */
  String problem() {
    return problem;
  }

  private boolean isTried(ServerAddress frontend) {
    return tried.stream().anyMatch(connection -> connection.frontend().equals(frontend));
  }

  /** Gives up. */
  void close() {
    if (!over) {
      over = true;
      nextOne.cancel(false);
      end.cancel(false);
      tried.forEach(Connection::close);
    }
  }

  private void endUnanswered() {
    tried.stream()
        .filter(connection -> !waiting.contains(connection))
        .forEach(silent -> problem = silent.frontend() + ": it does not answer");
    close();
    listener.onNobodyServes(problem);
  }

  private void tryNext() {
    while (!left.isEmpty()) {
      ServerAddress frontend = left.remove();
      try {
        Connection connection = new Connection(frontend, loop);
        tried.add(connection);
        nextOne = loop.schedule(SLOW_MS, this::tryNext);
        connection.watch(health -> onAnswer(connection, health));
        return;
      } catch (IllegalArgumentException noHost) {
        problem = frontend + ": " + noHost.getMessage();
      }
    }
  }

  private void maybeGiveUp() {
    if (tried.isEmpty()) {
      close();
      listener.onNobodyServes(problem);
    }
  }

  private void onAnswer(Connection connection, Health health) {
    if (over) {
      return;
    }
    if (health instanceof Health.Serving) {
      tried.remove(connection);
      close();
      listener.onFound(connection);
      return;
    }
    if (health instanceof Health.Silent silent) {
      tried.remove(connection);
      connection.close();
      if (!waiting.remove(connection)) {
        problem = connection.frontend() + ": " + silent.why();
      }
    } else if (waiting.add(connection)) {
      problem = connection.frontend() + ": it has no primary";
    }
    nextOne.cancel(false);
    tryNext();
    maybeGiveUp();
  }
}

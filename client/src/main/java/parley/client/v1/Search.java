package parley.client.v1;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import parley.client.ServerAddress;
import parley.client.v1.Connection.Health;

/**
 * Looks for a frontend that serves: they are tried in order, the next one when the last does not
 * serve or is slow; one that serves wins, and the others' connections are closed (RFC 8305, "happy
 * eyeballs", over servers instead of addresses). Who does not serve yet is left to say when it
 * does.
 *
 * <p>When a primary has been found, all frontends serve again at almost the same time. So that not
 * all clients go to the first of them, those that a client prefers have a moment to follow: those
 * earlier in its order, and the one that it uses already, which ends the search then. Owned by the
 * loop.
 */
final class Search {

  /** Is told on the loop, unless the search is closed before. */
  interface Listener {

    /** The search is over. */
    void onFound(Connection connection);

    /**
     * All have been tried and had some time; the search goes on with those that do not serve yet.
     */
    void onRoundOver();

    /**
     * The search is over: none is left.
     *
     * @param lastProblem of the last one; empty if there was none to be tried
     */
    void onNobodyServes(String lastProblem);
  }

  /**
   * In milliseconds.
   *
   * @param slow after which the next one is tried, too
   * @param grace for those that are preferred to the first that serves
   * @param round after the last one was tried
   */
  record Timing(long slow, long grace, long round) {
    static final Timing DEFAULT = new Timing(250, 100, 2_000);
  }

  private final Loop loop;
  private final Queue<ServerAddress> left;
  private final boolean oneInUse;
  private final Timing timing;
  private final Listener listener;

  /** In the order in which they were tried. */
  private final List<Connection> tried = new ArrayList<>();

  /** Those of them that have said how they are. */
  private final Set<Connection> known = new HashSet<>();

  private String problem = "";
  private Future<?> nextOne = CompletableFuture.completedFuture(null);
  private Future<?> round = CompletableFuture.completedFuture(null);
  private Optional<Future<?>> grace = Optional.empty();
  private boolean over;

  /**
   * A search that has not begun.
   *
   * @param oneInUse whether the client has a frontend, which is not in the order
   */
  Search(Loop loop, List<ServerAddress> order, boolean oneInUse, Timing timing, Listener listener) {
    this.loop = loop;
    this.left = new ArrayDeque<>(order);
    this.oneInUse = oneInUse;
    this.timing = timing;
    this.listener = listener;
  }

  void begin() {
    tryNext();
    maybeGiveUp();
  }

  /** Includes those which are not under way or to be tried anyway. */
  void include(List<ServerAddress> frontends) {
    if (over) {
      return;
    }
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

  /** Gives up. */
  void close() {
    if (!over) {
      over = true;
      nextOne.cancel(false);
      round.cancel(false);
      grace.ifPresent(pending -> pending.cancel(false));
      tried.forEach(Connection::close);
    }
  }

  private boolean isTried(ServerAddress frontend) {
    return tried.stream().anyMatch(connection -> connection.frontend().equals(frontend));
  }

  private void tryNext() {
    while (!left.isEmpty()) {
      ServerAddress frontend = left.remove();
      if (left.isEmpty()) {
        startRound();
      }
      try {
        Connection connection = new Connection(frontend, loop);
        tried.add(connection);
        nextOne = loop.schedule(timing.slow(), this::tryNext);
        connection.watch(health -> onHealth(connection, health));
        return;
      } catch (IllegalArgumentException noHost) {
        problem = frontend + ": " + noHost.getMessage();
      }
    }
  }

  private void startRound() {
    round.cancel(false);
    round = loop.schedule(timing.round(), this::endRound);
  }

  private void endRound() {
    List.copyOf(tried).stream()
        .filter(connection -> !known.contains(connection))
        .forEach(silent -> remove(silent, "it does not answer"));
    if (!maybeGiveUp()) {
      startRound();
      listener.onRoundOver();
    }
  }

  private void remove(Connection connection, String why) {
    tried.remove(connection);
    connection.close();
    if (!known.remove(connection)) {
      problem = connection.frontend() + ": " + why;
    }
  }

  private boolean maybeGiveUp() {
    if (!tried.isEmpty() || !left.isEmpty()) {
      return false;
    }
    close();
    listener.onNobodyServes(problem);
    return true;
  }

  private void onHealth(Connection connection, Health health) {
    if (over || !tried.contains(connection)) {
      return;
    }
    if (health instanceof Health.Serving) {
      known.add(connection);
      if (isPreferred(connection)) {
        win(connection);
      } else if (grace.isEmpty()) {
        grace = Optional.of(loop.schedule(timing.grace(), this::endGrace));
      }
      return;
    }
    if (health instanceof Health.Silent silent) {
      remove(connection, silent.why());
    } else if (known.add(connection)) {
      problem = connection.frontend() + ": it has no primary";
    }
    nextOne.cancel(false);
    tryNext();
    maybeGiveUp();
  }

  /** Whether there is none that this client would rather use, if it served. */
  private boolean isPreferred(Connection connection) {
    Optional<Connection> first = tried.stream().filter(known::contains).findFirst();
    return !oneInUse && first.equals(Optional.of(connection));
  }

  private void endGrace() {
    grace = Optional.empty();
    tried.stream().filter(Connection::serves).findFirst().ifPresent(this::win);
  }

  private void win(Connection connection) {
    tried.remove(connection);
    close();
    listener.onFound(connection);
  }
}

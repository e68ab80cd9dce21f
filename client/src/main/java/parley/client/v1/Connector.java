package parley.client.v1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import parley.client.ServerAddress;
import parley.client.base.Pauses;
import parley.client.v1.Connection.Health;

/**
 * Keeps one connection to a frontend that serves, for all that a client has under way.
 *
 * <p>A connection that breaks is noticed at once. One that has brought nothing for a while is
 * probed, and given up if it stays silent: so a frontend that hangs or is cut off costs less than
 * three seconds. A frontend that says that it does not serve is left when another one does and it
 * still does not: when a primary has been found, all frontends serve again at almost the same time,
 * and their clients are not all to go to the first. Owned by the loop.
 */
final class Connector {
  private static final long LOOK_EVERY_MS = 700;

  /** How much later than another one the frontend in use may serve again, and be kept. */
  private static final long KEPT_MS = 100;

  private static final Duration ANSWER_WITHIN = Duration.ofMillis(1_300);
  private static final int PAUSE_FIRST_MS = 100;
  private static final int PAUSE_LAST_MS = 2_000;

  private final Loop loop;
  private final Directory directory;
  private final Consumer<ConnectionEvent> events;
  private final Pauses pauses = new Pauses(PAUSE_FIRST_MS, PAUSE_LAST_MS, new SplittableRandom());
  private final Set<Consumer<Connection>> users = new LinkedHashSet<>();
  private List<ServerAddress> known = List.of();
  private Optional<Connection> current = Optional.empty();
  private Optional<Search> search = Optional.empty();

  /** One that serves, while the one in use does not. */
  private Optional<Connection> alternative = Optional.empty();

  private Optional<Future<?>> timer = Optional.empty();
  private Optional<ServerAddress> lostLast = Optional.empty();
  private String problem = "no frontend is known yet";
  private boolean connectedBefore;
  private boolean closed;

  /**
   * A connector that has not begun.
   *
   * @param events is told on the loop
   */
  Connector(Loop loop, Directory directory, Consumer<ConnectionEvent> events) {
    this.loop = loop;
    this.directory = directory;
    this.events = events;
  }

  void start() {
    directory.start(
        new Directory.Listener() {
          @Override
          public void onFrontends(List<ServerAddress> frontends) {
            boolean news = !known.equals(frontends);
            known = List.copyOf(frontends);
            search.ifPresent(begun -> begun.include(order()));
            if (news && current.isEmpty() && search.isEmpty()) {
              setTimer(0, Connector.this::search);
            }
          }

          @Override
          public void onNothing(String why) {
            problem = why;
            if (known.isEmpty() && search.isEmpty()) {
              // Not every resolver asks again by itself.
              searchLater();
            }
          }
        });
  }

  /** Tells of each new connection, and of the one that there is by now. */
  void add(Consumer<Connection> user) {
    users.add(user);
    current.ifPresent(user);
  }

  void remove(Consumer<Connection> user) {
    users.remove(user);
  }

  Optional<Connection> current() {
    return current;
  }

  /** Why there is no connection, for people. */
  String problem() {
    return search.map(Search::problem).filter(found -> !found.isEmpty()).orElse(problem);
  }

  void close() {
    closed = true;
    directory.close();
    users.clear();
    timer.ifPresent(pending -> pending.cancel(false));
    stopLooking();
    current.ifPresent(Connection::close);
    current = Optional.empty();
  }

  private void stopLooking() {
    search.ifPresent(Search::close);
    search = Optional.empty();
    alternative.ifPresent(Connection::close);
    alternative = Optional.empty();
  }

  private void searchLater() {
    setTimer(pauses.nextMs(), this::search);
  }

  private void search() {
    Search begun = new Search(loop, order(), new Found());
    search = Optional.of(begun);
    begun.begin();
  }

  /** What has just failed comes last. The one in use is no alternative to itself. */
  private List<ServerAddress> order() {
    Optional<ServerAddress> used = current.map(Connection::frontend);
    List<ServerAddress> order = new ArrayList<>();
    for (ServerAddress frontend : known) {
      if (!used.equals(Optional.of(frontend)) && !lostLast.equals(Optional.of(frontend))) {
        order.add(frontend);
      }
    }
    lostLast.filter(known::contains).filter(lost -> !used.equals(lostLast)).ifPresent(order::add);
    return order;
  }

  private final class Found implements Search.Listener {
    @Override
    public void onFound(Connection connection) {
      search = Optional.empty();
      pauses.reset();
      if (current.isEmpty()) {
        use(connection);
      } else {
        alternative = Optional.of(connection);
        loop.schedule(KEPT_MS, () -> leaveFor(connection));
      }
    }

    @Override
    public void onNobodyServes(String lastProblem) {
      search = Optional.empty();
      problem = lastProblem.isEmpty() ? problem : lastProblem;
      directory.refresh();
      if (current.isEmpty()) {
        searchLater();
      }
    }
  }

  private void use(Connection connection) {
    current = Optional.of(connection);
    setTimer(LOOK_EVERY_MS, this::look);
    connection.watch(health -> onHealth(connection, health));
    connection.whenBroken(() -> lose(connection, "the connection broke"));
    events.accept(new ConnectionEvent.Connected(connection.frontend(), connectedBefore));
    connectedBefore = true;
    for (Consumer<Connection> user : List.copyOf(users)) {
      if (current.equals(Optional.of(connection)) && users.contains(user)) {
        user.accept(connection);
      }
    }
  }

  /** Whether it is still there. */
  private void look() {
    Connection looked = current.orElseThrow();
    if (looked.takeHeard() && looked.serves()) {
      setTimer(LOOK_EVERY_MS, this::look);
      return;
    }
    looked.probe(
        ANSWER_WITHIN,
        health -> {
          if (health instanceof Health.Silent silent) {
            lose(looked, silent.why());
          } else if (current.equals(Optional.of(looked))) {
            onHealth(looked, health);
            setTimer(LOOK_EVERY_MS, this::look);
          }
        });
  }

  private void onHealth(Connection connection, Health health) {
    if (!current.equals(Optional.of(connection))) {
      return;
    }
    if (health instanceof Health.Serving) {
      stopLooking();
    } else if (health instanceof Health.NotServing && search.isEmpty() && alternative.isEmpty()) {
      search();
    }
  }

  private void leaveFor(Connection next) {
    if (alternative.equals(Optional.of(next))) {
      take(next, "it has no primary");
    }
  }

  private void take(Connection next, String why) {
    alternative = Optional.empty();
    drop(current.orElseThrow(), why);
    use(next);
  }

  private void lose(Connection connection, String why) {
    if (!current.equals(Optional.of(connection))) {
      return;
    }
    if (alternative.isPresent()) {
      take(alternative.get(), why);
      return;
    }
    drop(connection, why);
    stopLooking();
    // Those who have lost the same frontend do not all come at once.
    searchLater();
  }

  private void drop(Connection connection, String why) {
    current = Optional.empty();
    lostLast = Optional.of(connection.frontend());
    problem = connection.frontend() + ": " + why;
    timer.ifPresent(pending -> pending.cancel(false));
    events.accept(new ConnectionEvent.Lost(connection.frontend(), why));
    connection.close();
  }

  // There is one at a time: until the next look, or until the next round.
  private void setTimer(long ms, Runnable task) {
    timer.ifPresent(pending -> pending.cancel(false));
    timer = closed ? Optional.empty() : Optional.of(loop.schedule(ms, task));
  }
}

package parley.client.v1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
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
 * still does not. Owned by the loop.
 */
final class Connector {
  private static final long LOOK_EVERY_MS = 700;
  private static final Duration ANSWER_WITHIN = Duration.ofMillis(1_300);
  private static final int PAUSE_FIRST_MS = 100;
  private static final int PAUSE_LAST_MS = 2_000;
  private static final Future<?> NOTHING = CompletableFuture.completedFuture(null);

  private final Loop loop;
  private final Directory directory;
  private final Consumer<ConnectionEvent> events;
  private final Search.Timing timing;
  private final Pauses pauses;
  private final Set<Consumer<Connection>> users = new LinkedHashSet<>();
  private List<ServerAddress> known = List.of();
  private Optional<Connection> current = Optional.empty();
  private Optional<Search> search = Optional.empty();
  private Future<?> nextLook = NOTHING;
  private Future<?> nextSearch = NOTHING;
  private Optional<ServerAddress> lostLast = Optional.empty();
  private String problem = "no frontend is known yet";
  private boolean connectedBefore;
  private boolean closed;

  /**
   * A connector that has not begun.
   *
   * @param pauses before each search for a frontend in place of one that is lost
   * @param events is told on the loop
   */
  Connector(
      Loop loop,
      Directory directory,
      Search.Timing timing,
      Pauses pauses,
      Consumer<ConnectionEvent> events) {
    this.loop = loop;
    this.directory = directory;
    this.timing = timing;
    this.pauses = pauses;
    this.events = events;
  }

  /** Those that keep the clients of a lost frontend from coming to another one all at once. */
  static Pauses pauses() {
    return new Pauses(PAUSE_FIRST_MS, PAUSE_LAST_MS, new SplittableRandom());
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
              searchAfter(0);
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
    nextLook.cancel(false);
    stopSearching();
    current.ifPresent(Connection::close);
    current = Optional.empty();
  }

  private void searchLater() {
    searchAfter(pauses.nextMs());
  }

  private void searchAfter(long ms) {
    nextSearch.cancel(false);
    nextSearch = closed ? NOTHING : loop.schedule(ms, this::search);
  }

  private void search() {
    if (search.isEmpty()) {
      Search begun = new Search(loop, order(), current.isPresent(), timing, new Found());
      search = Optional.of(begun);
      begun.begin();
    }
  }

  private void stopSearching() {
    nextSearch.cancel(false);
    search.ifPresent(Search::close);
    search = Optional.empty();
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
      current.ifPresent(old -> drop(old, "it has no primary"));
      use(connection);
    }

    @Override
    public void onRoundOver() {
      directory.refresh();
      search.ifPresent(begun -> begun.include(order()));
    }

    @Override
    public void onNobodyServes(String lastProblem) {
      search = Optional.empty();
      problem = lastProblem.isEmpty() ? problem : lastProblem;
      directory.refresh();
      searchLater();
    }
  }

  private void use(Connection connection) {
    current = Optional.of(connection);
    lookLater();
    connection.watch(health -> onHealth(connection, health));
    connection.whenBroken(() -> lose(connection, "the connection broke"));
    events.accept(
        new ConnectionEvent.Connected(connection.frontend(), connection.host(), connectedBefore));
    connectedBefore = true;
    for (Consumer<Connection> user : List.copyOf(users)) {
      if (current.equals(Optional.of(connection)) && users.contains(user)) {
        user.accept(connection);
      }
    }
  }

  private void lookLater() {
    nextLook.cancel(false);
    nextLook = closed ? NOTHING : loop.schedule(LOOK_EVERY_MS, this::look);
  }

  /** Whether it is still there. */
  private void look() {
    Connection looked = current.orElseThrow();
    if (looked.takeHeard() && looked.serves()) {
      lookLater();
      return;
    }
    looked.probe(
        ANSWER_WITHIN,
        health -> {
          if (health instanceof Health.Silent silent) {
            lose(looked, silent.why());
          } else if (current.equals(Optional.of(looked))) {
            onHealth(looked, health);
            lookLater();
          }
        });
  }

  private void onHealth(Connection connection, Health health) {
    if (!current.equals(Optional.of(connection))) {
      return;
    }
    if (health instanceof Health.Serving) {
      pauses.reset();
      stopSearching();
    } else if (health instanceof Health.NotServing && search.isEmpty() && nextSearch.isDone()) {
      // Frontends lose their primary together; their clients do not all search in one instant.
      searchLater();
    }
  }

  private void lose(Connection connection, String why) {
    if (current.equals(Optional.of(connection))) {
      drop(connection, why);
      if (search.isEmpty()) {
        // Those who have lost the same frontend do not all come at once.
        searchLater();
      }
    }
  }

  private void drop(Connection connection, String why) {
    current = Optional.empty();
    lostLast = Optional.of(connection.frontend());
    problem = connection.frontend() + ": " + why;
    nextLook.cancel(false);
    events.accept(new ConnectionEvent.Lost(connection.frontend(), why));
    connection.close();
  }
}

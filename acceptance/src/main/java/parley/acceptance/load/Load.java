package parley.acceptance.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import parley.acceptance.history.Event;
import parley.acceptance.history.HistoryWriter;
import parley.acceptance.lab.Patience;
import parley.client.ServerAddress;

/**
 * All users together, clients as they exist and users of the library, from their first call to the
 * end of their last stream. What they did and saw is in a history file, which is whole when the
 * load has been finished or closed.
 *
 * <p>For one thread; the users have their own.
 */
public final class Load implements AutoCloseable {

  private static final String BELL = "bell";
  private static final Duration RETURN_WITHIN = Duration.ofMinutes(3);

  private final HistoryWriter history;
  private final Notebook notebook;
  private final List<Client> clients = new ArrayList<>();
  private final List<LibraryUser> libraryUsers = new ArrayList<>();
  private final Client bell;
  private final List<Thread> threads = new ArrayList<>();

  private Load(String name, Doors doors, List<Profile> profiles, Path historyFile)
      throws IOException {
    history = new HistoryWriter(Files.newOutputStream(historyFile));
    notebook = new Notebook(history, System::nanoTime);
    String bellName = name + BELL;
    bell =
        new Client(
            new Profile.Existing(bellName, 1, true, List.of(), Pace.NEVER),
            doors.frontends(),
            notebook,
            RETURN_WITHIN);
    for (Profile profile : profiles) {
      add(profile.hearing(bellName), doors);
    }
  }

  private void add(Profile profile, Doors doors) {
    if (profile instanceof Profile.Existing existing) {
      clients.add(new Client(existing, doors.frontends(), notebook, RETURN_WITHIN));
    } else if (profile instanceof Profile.OfLibrary ofLibrary) {
      libraryUsers.add(new LibraryUser(ofLibrary, doors.library(), notebook));
    }
  }

  /**
   * Makes everybody known, lets them follow each other, and opens their streams; those who post
   * begin.
   *
   * @param name what no other load on these hosts is called
   */
  public static Load start(String name, Doors doors, List<Profile> profiles, Path historyFile)
      throws IOException, InterruptedException {
    Load load = new Load(name, doors, profiles, historyFile);
    try {
      for (User user : load.everybody()) {
        user.logIn();
      }
      for (User user : load.everybody()) {
        user.follow();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      load.close();
      throw e;
    }
    load.everybody().forEach(load::startThread);
    return load;
  }

  private void startThread(User user) {
    Thread thread = new Thread(user, user.profile().user());
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private List<User> everybody() {
    List<User> all = new ArrayList<>(clients);
    all.addAll(libraryUsers);
    all.add(bell);
    return all;
  }

  /** What the clients of one host's frontend notice. */
  public Pulse pulse(int host) {
    return notebook.pulse(host);
  }

  /** The frontends that users of the library use at the moment. */
  public List<ServerAddress> libraryFrontends() {
    return libraryUsers.stream().flatMap(user -> user.frontend().stream()).toList();
  }

  /** What users of the library notice, wherever they are connected. */
  public List<Pulse> libraryPulses() {
    return libraryUsers.stream().flatMap(user -> user.pulses().stream()).toList();
  }

  /** How many posts have been sent. */
  public long posts() {
    return notebook.posts();
  }

  /** How many live posts have arrived. */
  public long deliveries() {
    return notebook.deliveries();
  }

  /** How many Logins were refused. */
  public long refusals() {
    return notebook.refusals();
  }

  /**
   * The longest that a user took to log in through another host after their stream broke, since
   * this was asked last; zero if nobody did.
   */
  public Duration takeLongestReturn() {
    return Duration.ofNanos(notebook.takeLongestReturnNanos());
  }

  /**
   * Notes that from now on streams to a host's frontend may break.
   *
   * @param dies whether its process ends
   */
  public void unreachable(int host, boolean dies) {
    notebook.note(new Event.Unreachable(host, dies));
  }

  /** Notes that streams opened to a host's frontend from now on must not break. */
  public void reachable(int host) {
    notebook.note(new Event.Reachable(host));
  }

  /** Sends those who have moved back to their own hosts. */
  public void goHome() {
    clients.forEach(Client::goHome);
  }

  /** Whether everybody has a stream to their own host, and the library is connected somewhere. */
  public boolean isHome() throws IOException {
    requireAlive();
    return clients.stream().allMatch(Client::isHome)
        && libraryUsers.stream().allMatch(user -> user.isOver() || user.frontend().isPresent());
  }

  /**
   * Throws what made a client give up, if one did. That the library has failed a user is left to
   * the judgement.
   */
  public void requireAlive() throws IOException {
    for (Client client : clients) {
      requireAlive(client);
    }
    requireAlive(bell);
  }

  private static void requireAlive(Client client) throws IOException {
    if (client.failure().isPresent()) {
      throw new IOException(
          client.profile().user() + " gave up: " + client.failure().get().getMessage(),
          client.failure().get());
    }
  }

  /**
   * Lets everybody end in good order: those who post first, then, when the last post of all has
   * reached every reader, the readers. What does not end or arrive is left to the judgement.
   *
   * @return what was waited for in vain; empty if all ended well
   */
  public List<String> finish(Patience patience) throws IOException {
    List<String> stalls = new ArrayList<>();
    List<User> writers = new ArrayList<>(libraryUsers);
    List<User> readers = new ArrayList<>(libraryUsers);
    clients.forEach(client -> (client.profile().posts() ? writers : readers).add(client));
    writers.forEach(User::fallSilent);
    await(patience, "the server has all posts safe", writers, User::isSilent, stalls);
    bell.postOnce();
    String bellName = bell.profile().user();
    await(
        patience,
        "the last post has reached all readers",
        readers,
        reader -> reader.lastAuthor().equals(bellName),
        stalls);
    notebook.note(new Event.Settled());
    List<User> last = new ArrayList<>(readers);
    last.add(bell);
    last.forEach(User::leaveForGood);
    await(patience, "all streams have ended", last, User::isOver, stalls);
    close();
    return stalls;
  }

  private void await(
      Patience patience,
      String what,
      List<User> whose,
      Predicate<User> condition,
      List<String> stalls) {
    try {
      patience.await(
          what,
          () -> whose.stream().allMatch(condition.or(User::isOver)),
          () ->
              notebook.deliveries() + notebook.listed() + whose.stream().filter(condition).count());
    } catch (Patience.StallException e) {
      List<String> late =
          whose.stream().filter(condition.negate()).map(user -> user.profile().user()).toList();
      stalls.add(e.getMessage() + ": " + late);
    }
  }

  @Override
  public void close() throws IOException {
    everybody().forEach(User::abandon);
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      history.close();
    }
  }
}

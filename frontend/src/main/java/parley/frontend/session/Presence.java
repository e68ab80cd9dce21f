package parley.frontend.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who is connected to this frontend, kept in agreement with the primary.
 *
 * <p>A name is held here while it has at least one {@link Stay}. A Login makes a stay that ends
 * with its connection; a Chat makes one that ends with the stream, and then also the Login of the
 * same name on the same connection ends. What was asked of the primary and not answered is asked
 * again, in the same order, on each new line. Owned by the loop.
 */
public final class Presence {
  private final Set<Long> connections = new HashSet<>();
  private final Map<String, Set<Stay>> held = new HashMap<>();
  private final Map<Long, Set<Stay>> byConnection = new HashMap<>();

  /** Unanswered questions by id, in the order in which they were asked. */
  private final Map<Long, Question> questions = new LinkedHashMap<>();

  /** How many Logins of a name wait for the primary's answer. */
  private final Map<String, Integer> claimed = new HashMap<>();

  /**
   * Names whose release has to wait, because it would free what a claim under way may just have
   * won.
   */
  private final Set<String> releaseOwed = new HashSet<>();

  private long lastId;
  private PresenceLine line;

  private sealed interface Question {}

  /** A Login that waits for the primary's answer. */
  public static final class PendingLogin implements Question {
    private final String name;
    private final long connection;
    private final Consumer<Stay> then;

    private PendingLogin(String name, long connection, Consumer<Stay> then) {
      this.name = name;
      this.connection = connection;
      this.then = then;
    }
  }

  private record ChatClaim(Stay stay, Consumer<Stay> then) implements Question {}

  private record Release(String name, Runnable then) implements Question {}

  /** A client has connected; its id is never used again. */
  public void onConnected(long connection) {
    connections.add(connection);
  }

  /** A client's connection has ended: whoever was here through it is so no longer. */
  public void onDisconnected(long connection) {
    connections.remove(connection);
    Set<Stay> stays = byConnection.get(connection);
    if (stays != null) {
      List.copyOf(stays).forEach(stay -> leave(stay, () -> {}));
    }
  }

  /**
   * A user wants to log in.
   *
   * @param then told of the stay; or of null if the name is connected already, which its holder has
   *     confirmed, or if the client itself has gone meanwhile
   * @return for {@link #forget}
   */
  public PendingLogin login(long connection, String name, Consumer<Stay> then) {
    PendingLogin login = new PendingLogin(name, connection, then);
    if (isHeld(name)) {
      then.accept(null);
    } else {
      claimed.merge(name, 1, Integer::sum);
      ask(login);
    }
    return login;
  }

  /** Nobody waits for this Login any more: while there is no primary, it need not be kept. */
  public void forget(PendingLogin login) {
    if (line == null && questions.values().remove(login)) {
      noLongerClaimed(login.name);
    }
  }

  /**
   * A Chat by a known user has opened.
   *
   * @param then told of the stay when the primary counts the user as connected: possibly before
   *     this method returns
   */
  public Stay enterChat(long connection, String name, Consumer<Stay> then) {
    boolean known = isHeld(name);
    Stay stay = new Stay(name, connection, false);
    add(stay);
    if (known) {
      then.accept(stay);
    } else {
      ask(new ChatClaim(stay, then));
    }
    return stay;
  }

  /**
   * A stay ends, and with a Chat's also the Login of its user on its connection. Ending it again
   * does nothing more.
   *
   * @param then told when the primary has confirmed that the name is free, or at once if the name
   *     is still held through another stay, or claimed anew by a Login here
   */
  public void leave(Stay stay, Runnable then) {
    boolean wasHeld = isHeld(stay.name);
    for (Stay other : List.copyOf(held.getOrDefault(stay.name, Set.of()))) {
      if (other == stay || other.byLogin && other.connection == stay.connection) {
        remove(other);
      }
    }
    if (!wasHeld || isHeld(stay.name)) {
      then.run();
    } else if (claimed.containsKey(stay.name)) {
      releaseOwed.add(stay.name);
      then.run();
    } else {
      ask(new Release(stay.name, then));
    }
  }

  /** Whether a client with this name is still here. */
  public boolean isHeld(String name) {
    return held.containsKey(name);
  }

  /** All names that are held; a copy, for the first message on a line. */
  public List<String> heldNames() {
    return List.copyOf(held.keySet());
  }

  /** A line to the primary is open and has been told {@link #heldNames}. */
  public void onLineOpen(PresenceLine opened) {
    line = opened;
    questions.forEach(this::send);
  }

  /** The line is gone. */
  public void onLineClosed() {
    line = null;
  }

  /** The primary's answer to a claim. */
  public void onClaimed(long id, boolean granted) {
    Question question = questions.remove(id);
    if (question instanceof PendingLogin login) {
      onLoginAnswered(id, login, granted);
    } else if (question instanceof ChatClaim chat) {
      // A Chat is served even where another frontend holds the name as well.
      chat.then.accept(chat.stay);
    }
  }

  /** The primary's answer to a release. */
  public void onReleased(long id) {
    if (questions.remove(id) instanceof Release release) {
      release.then.run();
    }
  }

  private void onLoginAnswered(long id, PendingLogin login, boolean granted) {
    Stay stay = null;
    if (granted && !isHeld(login.name)) {
      answerReleasesBefore(id, login.name);
      if (connections.contains(login.connection)) {
        stay = new Stay(login.name, login.connection, true);
        add(stay);
      } else {
        releaseOwed.add(login.name);
      }
    }
    noLongerClaimed(login.name);
    login.then.accept(stay);
  }

  private void noLongerClaimed(String name) {
    claimed.computeIfPresent(name, (n, logins) -> logins == 1 ? null : logins - 1);
    if (!claimed.containsKey(name) && releaseOwed.remove(name) && !isHeld(name)) {
      ask(new Release(name, () -> {}));
    }
  }

  /** A claim that was granted answers the releases before it: repeated, they would undo it. */
  private void answerReleasesBefore(long id, String name) {
    List<Release> answered = new ArrayList<>();
    Iterator<Map.Entry<Long, Question>> each = questions.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Long, Question> entry = each.next();
      if (entry.getKey() < id
          && entry.getValue() instanceof Release release
          && release.name.equals(name)) {
        each.remove();
        answered.add(release);
      }
    }
    answered.forEach(release -> release.then.run());
  }

  private void add(Stay stay) {
    held.computeIfAbsent(stay.name, name -> new HashSet<>()).add(stay);
    byConnection.computeIfAbsent(stay.connection, connection -> new HashSet<>()).add(stay);
  }

  private void remove(Stay stay) {
    remove(held, stay.name, stay);
    remove(byConnection, stay.connection, stay);
  }

  private static <K> void remove(Map<K, Set<Stay>> stays, K key, Stay stay) {
    stays.computeIfPresent(key, (k, all) -> all.remove(stay) && all.isEmpty() ? null : all);
  }

  private void ask(Question question) {
    long id = ++lastId;
    questions.put(id, question);
    if (line != null) {
      send(id, question);
    }
  }

  private void send(long id, Question question) {
    if (question instanceof PendingLogin login) {
      line.claim(id, login.name, false);
    } else if (question instanceof ChatClaim chat) {
      line.claim(id, chat.stay.name, true);
    } else if (question instanceof Release release) {
      line.release(id, release.name);
    }
  }
}

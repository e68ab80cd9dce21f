package parley.acceptance.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import parley.acceptance.history.Model;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Patience;

/**
 * All users of the trace and two more, spread over the frontends: the {@code caller}, whom
 * everybody follows and whose one post tells each reader that their stream is open, and the {@code
 * witness}, who follows everybody and so sees the one order of all posts.
 *
 * <p>For one thread, except where said otherwise.
 */
final class Crowd {

  static final String WITNESS = "witness";
  private static final int LOGINS_AT_ONCE = 64;
  private static final int FOLLOWS_AT_ONCE = 256;
  private static final String NEW_USER = "Login Successful!";
  private static final String FOLLOWED = "Join Successful";

  private final Model model;
  private final PostBook book;
  private final Patience patience;
  private final List<FrontendLink> links;
  private final int caller;
  private final int witness;
  // By user, the witness included: the stream over which they post and read now.
  private final AtomicReferenceArray<ChatStream> streams;

  Crowd(Model model, PostBook book, Patience patience, List<FrontendLink> links) {
    this.model = model;
    this.book = book;
    this.patience = patience;
    this.links = links;
    this.caller = model.users();
    this.witness = model.users() + 1;
    this.streams = new AtomicReferenceArray<>(model.users() + 2);
  }

  /** The frontend, from 0, that a user of the trace starts at. The witness is at the first. */
  static int frontendOf(int user) {
    return user % Hosts.COUNT;
  }

  private FrontendLink link(int user) {
    return user >= caller ? links.get(0) : links.get(frontendOf(user));
  }

  private String name(int user) {
    if (user == caller) {
      return PostBook.CALLER;
    }
    return user == witness ? WITNESS : model.name(user);
  }

  /** Logs everybody in for the first time. */
  void logIn() throws IOException, InterruptedException {
    CallWindow window = new CallWindow(LOGINS_AT_ONCE);
    for (int user = 0; user <= witness; user++) {
      window.enter();
      window.expect("Login of " + name(user), NEW_USER, link(user).login(user, name(user)));
    }
    window.drain();
  }

  /** Makes all follows; answers how many there were. */
  int follow() throws IOException, InterruptedException {
    CallWindow window = new CallWindow(FOLLOWS_AT_ONCE);
    int follows = 0;
    for (int user = 0; user < caller; user++) {
      for (int followee : model.followees(user)) {
        follow(window, user, followee);
        follows++;
      }
      follow(window, user, caller);
      follow(window, witness, user);
      follows += 2;
    }
    follow(window, witness, caller);
    window.drain();
    return follows + 1;
  }

  private void follow(CallWindow window, int user, int followee)
      throws IOException, InterruptedException {
    window.enter();
    window.expect(
        name(user) + " joining " + name(followee),
        FOLLOWED,
        link(user).join(user, name(user), name(followee)));
  }

  /** Lets the caller post, then opens everybody's stream and waits until all are open. */
  void openStreams() throws IOException, InterruptedException {
    ChatStream call = link(caller).chat(caller, PostBook.CALLER, book, new ReaderLog(0));
    call.send(PostBook.opening());
    endAll(List.of(call), patience);
    for (int user = 0; user < caller; user++) {
      open(user, link(user), model.expectedCount(user));
    }
    open(witness, link(witness), model.posts());
    awaitOpen(IntStream.range(0, caller));
    awaitOpen(IntStream.of(witness));
  }

  private void open(int user, FrontendLink link, int expected) {
    streams.set(user, link.chat(user, name(user), book, new ReaderLog(expected)));
  }

  private void awaitOpen(IntStream users) {
    int[] waiting = users.toArray();
    patience.await(
        "all streams are open",
        () -> {
          requireUnbroken();
          return IntStream.of(waiting).allMatch(user -> stream(user).log().isOpen());
        },
        () -> IntStream.of(waiting).filter(user -> stream(user).log().isOpen()).count());
  }

  /**
   * Logs some users in again, at other frontends than their first, and opens their streams there.
   */
  void move(List<Integer> users) throws IOException, InterruptedException {
    CallWindow window = new CallWindow(LOGINS_AT_ONCE);
    for (int user : users) {
      window.enter();
      window.expect(
          "Login of " + name(user) + " at another frontend",
          "Welcome Back " + name(user),
          newLink(user).login(user, name(user)));
    }
    window.drain();
    users.forEach(user -> open(user, newLink(user), model.expectedCount(user)));
    awaitOpen(users.stream().mapToInt(Integer::intValue));
  }

  private FrontendLink newLink(int user) {
    int others = Hosts.COUNT - 1;
    return links.get((frontendOf(user) + 1 + user / Hosts.COUNT % others) % Hosts.COUNT);
  }

  /** The streams of those users of the trace for whom a condition holds. */
  List<ChatStream> streams(IntPredicate condition) {
    return IntStream.range(0, caller).filter(condition).mapToObj(this::stream).toList();
  }

  /** The stream that a user posts and reads over now. Any thread may call. */
  ChatStream stream(int user) {
    return streams.get(user);
  }

  ChatStream witness() {
    return stream(witness);
  }

  /** All present streams, the witness's included. */
  List<ChatStream> all() {
    List<ChatStream> all = new ArrayList<>(streams(user -> true));
    all.add(witness());
    return all;
  }

  /**
   * Lets some users half-close, and waits until the server has ended their streams in good order.
   */
  static void endAll(List<ChatStream> leaving, Patience patience) throws IOException {
    leaving.forEach(ChatStream::leave);
    patience.await(
        "streams end after their half-close",
        () -> leaving.stream().allMatch(ChatStream::hasEnded),
        () -> leaving.stream().filter(ChatStream::hasEnded).count());
    for (ChatStream stream : leaving) {
      stream.requireOrderlyEnd();
    }
  }

  /** Throws if a stream has ended whose user did not leave: none to a living frontend ever may. */
  void requireUnbroken() throws IOException {
    for (int user = 0; user <= witness; user++) {
      ChatStream stream = stream(user);
      if (stream != null) {
        stream.requireUnbroken();
      }
    }
  }
}

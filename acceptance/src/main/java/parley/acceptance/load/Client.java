package parley.acceptance.load;

import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import parley.acceptance.history.Event;
import parley.acceptance.lab.Hosts;
import parley.acceptance.load.Orders.Wish;
import parley.client.ServerAddress;
import parley.proto.hw2.Message;

/**
 * One user of a client as they exist: logs in, follows, opens a Chat and posts when posts are due,
 * without waiting for anything but flow control. When the stream breaks, logs in again, here or
 * elsewhere, and goes on with the next post; nothing is sent twice.
 */
final class Client implements User {

  private static final String NEW_USER = "Login Successful!";
  private static final String REFUSED = "Invalid Username";
  private static final String FOLLOWED = "Join Successful";
  private static final long AGAIN_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Profile.Existing profile;
  private final IntFunction<ServerAddress> frontends;
  private final Notebook notebook;
  private final Duration returnWithin;
  private final Orders orders = new Orders();
  // Of this client's own thread.
  private ChatStream stream;
  private int streamNumber;
  private int first;
  private int next;
  private boolean goingHome;
  // Read by others.
  private volatile Connection connection;
  private volatile int host;
  private volatile boolean settled;
  private volatile boolean over;
  private volatile Exception failure;
  private volatile String lastAuthor = "";

  /**
   * @param returnWithin how long a user may try in vain to log in again
   */
  Client(
      Profile.Existing profile,
      IntFunction<ServerAddress> frontends,
      Notebook notebook,
      Duration returnWithin) {
    this.profile = profile;
    this.frontends = frontends;
    this.notebook = notebook;
    this.returnWithin = returnWithin;
  }

  @Override
  public Profile.Existing profile() {
    return profile;
  }

  @Override
  public void logIn() throws IOException {
    host = profile.home();
    connection = connect(host);
    String answer = connection.login(profile.user());
    notebook.loggedIn(profile.user(), host, answer, answer.equals(REFUSED));
    if (!answer.equals(NEW_USER)) {
      throw new IOException("Login of " + profile.user() + " was answered '" + answer + "'");
    }
  }

  @Override
  public void follow() throws IOException {
    for (String followee : profile.followees()) {
      notebook.note(new Event.Followed(profile.user(), followee));
      String answer = connection.join(profile.user(), followee);
      if (!answer.equals(FOLLOWED)) {
        throw new IOException(
            profile.user() + " joining " + followee + " was answered '" + answer + "'");
      }
    }
  }

  private Connection connect(int at) {
    return new Connection(frontends.apply(at), profile.moves());
  }

  @Override
  public void run() {
    try {
      open();
      while (!serve()) {
        settled = false;
        comeBack(goingHome || !profile.moves() ? profile.home() : nextOf(host));
        goingHome = false;
        open();
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      connection.close();
    }
  }

  private void open() {
    first = next;
    int number = notebook.opening(profile.user(), host, first);
    int at = host;
    streamNumber = number;
    stream =
        connection.chat(profile.user(), message -> onReceived(number, at, message), orders::wake);
    settled = true;
  }

  private void onReceived(int number, int at, Message message) {
    Event event = notebook.received(number, at, message);
    if (event instanceof Event.Delivered post) {
      lastAuthor = post.author();
    } else if (event instanceof Event.Shown post) {
      lastAuthor = post.author();
    }
  }

  // Posts until the stream is over. Answers whether that was this client's last one.
  private boolean serve() throws InterruptedException {
    long due = profile.pace().nextDueNanos(System.nanoTime());
    while (stream.end().isEmpty()) {
      if (orders.wish() != Wish.STAY) {
        return leave();
      }
      if (orders.takePost()) {
        post(System.nanoTime());
      } else if (due == Long.MAX_VALUE || !stream.takesMore()) {
        orders.await(Orders.FOREVER);
      } else if (due - System.nanoTime() > 0) {
        orders.await(due - System.nanoTime());
      } else {
        post(due);
        due = profile.pace().nextDueNanos(due);
      }
    }
    ended(false);
    return orders.wish() == Wish.LEAVE;
  }

  private void post(long due) {
    Message message = Posts.of(profile.user(), next);
    notebook.sending(profile.user(), next, host, due);
    next++;
    stream.post(message);
  }

  // Half-closes. Answers whether nothing more is to be done.
  private boolean leave() throws InterruptedException {
    boolean last = orders.wish() == Wish.LEAVE;
    stream.leave();
    while (stream.end().isEmpty()) {
      orders.await(Orders.FOREVER);
    }
    orders.goingHome();
    ended(true);
    goingHome = !last;
    return last;
  }

  private void ended(boolean left) {
    Status status = stream.end().orElseThrow();
    boolean ok = left && status.isOk();
    String how =
        status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
    notebook.note(new Event.Ended(streamNumber, next - first, ok, how));
  }

  private void comeBack(int firstHost) throws IOException, InterruptedException {
    long since = System.nanoTime();
    String last = "no host answered";
    host = firstHost;
    while (System.nanoTime() - since < returnWithin.toNanos()) {
      connection.close();
      connection = connect(host);
      try {
        String answer = connection.login(profile.user());
        boolean refused = !answer.equals("Welcome Back " + profile.user());
        notebook.loggedIn(profile.user(), host, answer, refused);
        if (!refused) {
          noteReturn(System.nanoTime() - since);
          return;
        }
        last = "'" + answer + "' by host " + host;
      } catch (IOException e) {
        last = e.getMessage();
      }
      if (host == profile.home()) {
        orders.await(AGAIN_AFTER_NANOS);
      }
      host = profile.moves() ? nextOf(host) : profile.home();
    }
    throw new IOException(
        "%s could not log in again for %d s: %s"
            .formatted(profile.user(), returnWithin.toSeconds(), last));
  }

  // How long one waits for their own host is not their own doing.
  private void noteReturn(long nanos) {
    if (profile.moves() && !goingHome) {
      notebook.returned(nanos);
    }
  }

  private static int nextOf(int host) {
    return host % Hosts.COUNT + 1;
  }

  /** Half-closes and logs in through its own host again, if it is elsewhere. */
  void goHome() {
    if (host != profile.home()) {
      orders.tell(Wish.GO_HOME);
    }
  }

  /** Posts once, whatever its pace. */
  void postOnce() {
    orders.postOnce();
  }

  @Override
  public void fallSilent() {
    leaveForGood();
  }

  // Only the end of its stream says so.
  @Override
  public boolean isSilent() {
    return over;
  }

  /** Half-closes and is over when the server has ended the stream. */
  @Override
  public void leaveForGood() {
    orders.tell(Wish.LEAVE);
  }

  /** Whether it has a stream to its own host. */
  boolean isHome() {
    return settled && host == profile.home() && orders.wish() == Wish.STAY;
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public String lastAuthor() {
    return lastAuthor;
  }

  @Override
  public void abandon() {
    Connection present = connection;
    if (present != null) {
      present.close();
    }
  }

  /** Why it gave up, if it did. */
  Optional<Exception> failure() {
    return Optional.ofNullable(failure);
  }
}

package parley.acceptance.load;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import parley.acceptance.history.Event;
import parley.acceptance.load.Orders.Wish;
import parley.client.ServerAddress;
import parley.client.v1.HomeTimeline;
import parley.client.v1.Outbox;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import parley.client.v1.Post;
import parley.client.v1.Subscription;

/**
 * One user of the library, who counts on it: posts through an outbox, watches everybody from the
 * very beginning, asks {@link Questions}, and in the end reads all of it again, page by page.
 * Whatever the library does not get over ends this user, and the history says why.
 */
final class LibraryUser implements User {

  private static final int PAGE_POSTS = 1_000;

  private final Profile.OfLibrary profile;
  private final Function<Set<Integer>, ParleyClient> library;
  private final Notebook notebook;
  private final Orders orders = new Orders();
  private final Pulse posting = new Pulse();
  private final Pulse watching = new Pulse();
  private final AtomicInteger committed = new AtomicInteger();
  // Set before this user's own thread starts.
  private int stream;
  private String cursor;
  // Of this user's own thread.
  private int next;
  // Read by others.
  private volatile ParleyClient client;
  private volatile Questions questions;
  private volatile boolean silent;
  private volatile boolean over;
  private volatile String lastAuthor = "";
  private volatile String grievance;

  /**
   * @param library connects to the frontends of some hosts
   */
  LibraryUser(
      Profile.OfLibrary profile, Function<Set<Integer>, ParleyClient> library, Notebook notebook) {
    this.profile = profile;
    this.library = library;
    this.notebook = notebook;
  }

  @Override
  public Profile.OfLibrary profile() {
    return profile;
  }

  @Override
  public void logIn() throws IOException, InterruptedException {
    stream = notebook.opening(profile.user(), Event.Opened.ANYWHERE, next);
    client = library.apply(profile.hosts());
    questions = new Questions(client, profile.user(), notebook::now, this::complain, orders::wake);
    client.onConnection(event -> note(new Event.Moved(stream, event.toString())));
    try {
      ParleyClient.await(client.createUser(profile.user()));
    } catch (ParleyException e) {
      throw new IOException(profile.user() + " was not created: " + e.getMessage(), e);
    }
  }

  @Override
  public void follow() throws IOException, InterruptedException {
    try {
      for (String followee : profile.followees()) {
        notebook.note(new Event.Followed(profile.user(), followee));
        ParleyClient.await(client.follow(profile.user(), followee));
      }
      cursor = page(PageRequest.first(1)).cursor();
    } catch (ParleyException e) {
      throw new IOException(profile.user() + " could not follow: " + e.getMessage(), e);
    }
  }

  @Override
  public void run() {
    try {
      live();
      end(true, "OK");
    } catch (ParleyException | RuntimeException e) {
      end(false, e.toString());
    } catch (InterruptedException e) {
      end(false, "it did not end by itself");
      Thread.currentThread().interrupt();
    } finally {
      client.close();
    }
  }

  private void live() throws InterruptedException, ParleyException {
    Outbox outbox = client.outbox(profile.user());
    Subscription subscription =
        client.watch(profile.user(), Optional.of(cursor), this::onDelivered);
    subscription.ended().whenComplete((none, why) -> onEnded(why));
    postAtPace(outbox);
    await(() -> committed.get() == next && questions.areAnswered());
    ParleyClient.await(outbox.flushed());
    silent = true;
    await(() -> orders.wish() == Wish.LEAVE);
    subscription.close();
    ParleyClient.await(subscription.ended());
    readAll();
  }

  private void postAtPace(Outbox outbox) throws InterruptedException, ParleyException {
    long due = profile.pace().nextDueNanos(notebook.now());
    while (orders.wish() == Wish.STAY) {
      requireContent();
      long left = due == Long.MAX_VALUE ? Orders.FOREVER : due - notebook.now();
      if (left > 0) {
        orders.await(left);
      } else {
        post(outbox, due);
        questions.ask();
        due = profile.pace().nextDueNanos(due);
      }
    }
  }

  private void post(Outbox outbox, long due) throws InterruptedException, ParleyException {
    int number = next++;
    notebook.putting();
    outbox
        .post(Posts.text(number), Posts.time(number))
        .committed()
        .whenComplete((index, why) -> onPosted(number, due, index, why));
  }

  private void onPosted(int number, long due, Long index, Throwable why) {
    if (why != null) {
      complain("post " + number + " failed: " + why);
      return;
    }
    note(new Event.Committed(stream, number, index));
    posting.beat(notebook.now(), due);
    questions.posted(index);
    committed.incrementAndGet();
    orders.wake();
  }

  // On a thread of the subscription's, one after the other.
  private synchronized void onDelivered(Post post) {
    if (!over) {
      notebook.received(stream, post);
      long now = notebook.now();
      watching.beat(now, now);
      questions.received(post.index());
      lastAuthor = post.author();
    }
  }

  private void onEnded(Throwable why) {
    if (orders.wish() != Wish.LEAVE) {
      complain("the subscription ended: " + why);
    }
  }

  private void complain(String about) {
    grievance = about;
    orders.wake();
  }

  private void requireContent() {
    if (grievance != null) {
      throw new IllegalStateException(grievance);
    }
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      requireContent();
      orders.await(Orders.FOREVER);
    }
  }

  private void readAll() throws InterruptedException, ParleyException {
    Optional<String> token = Optional.of("");
    while (token.isPresent()) {
      HomeTimeline page = page(new PageRequest(PAGE_POSTS, token.get()));
      page.posts().forEach(post -> notebook.listed(stream, post));
      token = page.next();
    }
  }

  private HomeTimeline page(PageRequest request) throws InterruptedException, ParleyException {
    return ParleyClient.await(client.homeTimeline(profile.user(), request));
  }

  // What the library may still say of it after its end is no part of the history.
  private synchronized void note(Event event) {
    if (!over) {
      notebook.note(event);
    }
  }

  private synchronized void end(boolean ok, String how) {
    note(new Event.Ended(stream, next, ok, how));
    over = true;
  }

  @Override
  public void fallSilent() {
    orders.tell(Wish.FALL_SILENT);
  }

  @Override
  public boolean isSilent() {
    return silent;
  }

  @Override
  public String lastAuthor() {
    return lastAuthor;
  }

  @Override
  public void leaveForGood() {
    orders.tell(Wish.LEAVE);
  }

  @Override
  public boolean isOver() {
    return over;
  }

  @Override
  public void abandon() {
    ParleyClient present = client;
    if (present != null) {
      present.close();
    }
  }

  /** The frontend that it uses at the moment. */
  Optional<ServerAddress> frontend() {
    return client.frontend();
  }

  /** What this user notices: acknowledgements, posts that arrive, and answers. */
  List<Pulse> pulses() {
    return List.of(posting, watching, questions.answers());
  }
}

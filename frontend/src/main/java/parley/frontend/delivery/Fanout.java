package parley.frontend.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.frontend.delivery.Subscription.CatchUp;

/**
 * Brings each post exactly once, in the one order, to the open sessions that follow its author.
 *
 * <p>A live session gets a post when it is applied. A session that cannot take one stays behind
 * with a position; when it can take more it scans on from there, in slices that take turns, until
 * it is live again: through {@link RecentEvents}, or, if its position has left them, through a
 * reading of the log. Of such readings a few may be open at once, whatever the number of sessions,
 * and they take turns. Nothing is ever queued per session. Owned by the loop.
 */
public final class Fanout {
  private static final int SLICE_EVENTS = 4_096;
  private static final int SLICE_POSTS = 128;
  private static final int SLICES_PER_TURN = 16;
  private static final int READERS_MAX = 4;

  /** After so many a reading is given up for others that wait, to go on behind them. */
  private static final int RUNS_PER_READING = 32;

  private final Graph graph;
  private final RecentEvents recent;
  private final Backlog backlog;

  /** Sessions by the authors they follow as of the newest index, live or not. */
  private final List<List<Subscription>> byAuthor = new ArrayList<>();

  private final Map<Integer, List<Subscription>> byUser = new HashMap<>();

  /** Those among them that replace one another. */
  private final Map<Integer, Subscription> receivers = new HashMap<>();

  private final ArrayDeque<Subscription> runnable = new ArrayDeque<>();
  private final ArrayDeque<Subscription> waitingForReader = new ArrayDeque<>();
  private final List<Subscription> readers = new ArrayList<>();

  Fanout(Graph graph, RecentEvents recent, Backlog backlog) {
    this.graph = graph;
    this.recent = recent;
    this.backlog = backlog;
  }

  /**
   * Opens a session at the newest applied index. It replaces the one that was opened for the user
   * by this method before, which receives nothing more. Delivers nothing before {@link #start}.
   */
  public Subscription subscribe(int user, Subscriber subscriber) {
    Subscription earlier = receivers.get(user);
    if (earlier != null) {
      close(earlier);
    }
    Subscription session = subscribeFrom(recent.lastIndex(), user, subscriber);
    receivers.put(user, session);
    return session;
  }

  /**
   * Opens one more session of a user, behind an index. What is posted behind it by users who were
   * followed then, and no longer are, may be left out. Delivers nothing before {@link #start}.
   *
   * @param index at most the newest applied one
   */
  public Subscription subscribeFrom(long index, int user, Subscriber subscriber) {
    Subscription session = new Subscription(user, subscriber, index);
    byUser.computeIfAbsent(user, u -> new ArrayList<>(1)).add(session);
    Followees followees = graph.followees(user);
    for (int i = 0; i < followees.size(); i++) {
      // Who was followed later is added when the session comes to that event.
      if (followees.since(i) <= index) {
        session.follows.add(followees.user(i));
      }
      followersOf(followees.user(i)).add(session);
    }
    return session;
  }

  /** The session has received everything that is meant for it up to this index, and no more. */
  public long position(Subscription session) {
    return session.live ? recent.lastIndex() : session.position;
  }

  /** Begins to deliver, from the index behind {@link Subscription#startIndex} on. */
  public void start(Subscription session) {
    session.started = true;
    onReady(session);
  }

  /** The session may be able to take more. */
  public void onReady(Subscription session) {
    if (session.started && !session.live && !session.closed && !session.queued) {
      session.queued = true;
      runnable.add(session);
    }
  }

  /** Ends a session: nothing is delivered to it any more. Closing it again does nothing. */
  public void close(Subscription session) {
    if (session.closed) {
      return;
    }
    session.closed = true;
    session.live = false;
    receivers.remove(session.user, session);
    List<Subscription> sessions = byUser.get(session.user);
    sessions.remove(session);
    if (sessions.isEmpty()) {
      byUser.remove(session.user);
    }
    Followees followees = graph.followees(session.user);
    for (int i = 0; i < followees.size(); i++) {
      followersOf(followees.user(i)).remove(session);
    }
    waitingForReader.remove(session);
    if (session.catchUp != null) {
      endCatchUp(session);
    }
  }

  /** Delivers one bounded portion to sessions that are behind; true if more can be done at once. */
  public boolean turn() {
    for (int i = 0; i < SLICES_PER_TURN && !runnable.isEmpty(); i++) {
      Subscription session = runnable.poll();
      session.queued = false;
      if (!session.closed && advance(session)) {
        session.queued = true;
        runnable.add(session);
      }
    }
    return !runnable.isEmpty();
  }

  /** A post was applied at the newest index. */
  void onPost(int author, byte[] message) {
    if (author >= byAuthor.size()) {
      return;
    }
    List<Subscription> sessions = byAuthor.get(author);
    for (int i = 0; i < sessions.size(); i++) {
      Subscription session = sessions.get(i);
      if (!session.live) {
        continue;
      }
      if (session.subscriber.isReady()) {
        session.subscriber.deliver(recent.lastIndex(), message);
      } else {
        session.lagFrom(recent.lastIndex() - 1);
      }
    }
  }

  /** A follow took effect at the newest index. */
  void onFollow(int follower, int followee) {
    for (Subscription session : byUser.getOrDefault(follower, List.of())) {
      followersOf(followee).add(session);
      if (session.live) {
        session.follows.add(followee);
      }
    }
  }

  /** An unfollow took effect at the newest index. */
  void onUnfollow(int follower, int followee) {
    for (Subscription session : byUser.getOrDefault(follower, List.of())) {
      followersOf(followee).remove(session);
      if (session.live) {
        session.follows.remove(followee);
      }
    }
  }

  private List<Subscription> followersOf(int author) {
    while (byAuthor.size() <= author) {
      byAuthor.add(new ArrayList<>(0));
    }
    return byAuthor.get(author);
  }

  /** Delivers one slice; true if this session can go on at once. */
  private boolean advance(Subscription session) {
    if (session.catchUp != null) {
      return advanceInLog(session);
    }
    if (session.position + 1 < recent.firstIndex()) {
      return awaitReader(session);
    }
    long last = Math.min(recent.lastIndex(), session.position + SLICE_EVENTS);
    int posts = 0;
    while (session.position < last) {
      long index = recent.nextFor(session.user, session.follows, session.position + 1, last);
      // What lies between concerns nobody here.
      session.position = index - 1;
      if (index > last) {
        break;
      }
      if (!recent.isPost(index)) {
        session.onEdge(recent.followee(index));
      } else if (posts++ == SLICE_POSTS) {
        return true;
      } else if (!session.subscriber.isReady()) {
        return false;
      } else {
        session.subscriber.deliver(index, recent.message(index));
      }
      session.position = index;
    }
    session.live = session.position == recent.lastIndex();
    return !session.live;
  }

  private boolean awaitReader(Subscription session) {
    if (!session.subscriber.isReady()) {
      return false;
    }
    if (readers.size() >= READERS_MAX) {
      makeRoomForReader();
    }
    if (readers.size() < READERS_MAX) {
      CatchUp catchUp = new CatchUp();
      session.catchUp = catchUp;
      readers.add(session);
      catchUp.reader =
          backlog.open(
              session.position + 1,
              run -> {
                catchUp.run = run;
                onReady(session);
              });
      catchUp.reader.next();
    } else if (!waitingForReader.contains(session)) {
      waitingForReader.add(session);
    }
    return false;
  }

  /** A session that cannot take what it has read keeps its reader only while nobody needs it. */
  private void makeRoomForReader() {
    for (Subscription session : readers) {
      if (session.catchUp.run != null && !session.subscriber.isReady()) {
        endCatchUp(session);
        return;
      }
    }
  }

  private void endCatchUp(Subscription session) {
    session.catchUp.reader.close();
    session.catchUp = null;
    readers.remove(session);
    // All of them, because the first may have become unable to use the free place.
    waitingForReader.forEach(this::onReady);
    waitingForReader.clear();
  }

  private boolean advanceInLog(Subscription session) {
    CatchUp catchUp = session.catchUp;
    AppliedRun run = catchUp.run;
    if (run == null) {
      return false;
    }
    int posts = 0;
    // The replica that is read may be ahead of the graph here: the rest comes through the ring.
    long last = Math.min(recent.lastIndex(), run.firstIndex() + run.events().size() - 1);
    while (session.position < last) {
      TimelineEvent event = run.events().get((int) (session.position + 1 - run.firstIndex()));
      if (event instanceof TimelineEvent.Posted post) {
        if (session.follows.contains(graph.existing(post.author()))) {
          if (posts++ == SLICE_POSTS) {
            return true;
          }
          if (!session.subscriber.isReady()) {
            return stalledInLog(session);
          }
          session.subscriber.deliver(session.position + 1, post.message());
        }
      } else if (event instanceof TimelineEvent.Followed follow) {
        if (graph.existing(follow.follower()) == session.user) {
          session.onEdge(graph.existing(follow.followee()));
        }
      } else if (event instanceof TimelineEvent.Unfollowed unfollow) {
        if (graph.existing(unfollow.follower()) == session.user) {
          session.onEdge(~graph.existing(unfollow.followee()));
        }
      }
      session.position++;
    }
    catchUp.run = null;
    boolean othersTurn = ++catchUp.runs >= RUNS_PER_READING && !waitingForReader.isEmpty();
    if (othersTurn || recent.holdsComfortably(session.position + 1)) {
      endCatchUp(session);
      return true;
    }
    catchUp.reader.next();
    return false;
  }

  private boolean stalledInLog(Subscription session) {
    if (!waitingForReader.isEmpty()) {
      endCatchUp(session);
    }
    return false;
  }
}

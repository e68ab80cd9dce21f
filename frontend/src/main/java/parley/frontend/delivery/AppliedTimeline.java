package parley.frontend.delivery;

import java.util.PriorityQueue;

/**
 * The timeline as far as this frontend has it: takes runs of applied commands in order and keeps
 * graph, recent events and sessions in step with them.
 *
 * <p>{@code appliedIndex()} only grows, by one per event; everything here is as of that index.
 * Owned by the loop.
 */
public final class AppliedTimeline {
  private static final int RECENT_EVENTS = 1 << 17;
  private static final long RECENT_BYTES = 64L << 20;

  private final RecentEvents recent;
  private final Graph graph = new Graph();
  private final Fanout fanout;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private boolean loaded;
  private long waitingOrder;

  /**
   * @param backlog where sessions read on that have fallen far behind
   */
  public AppliedTimeline(Backlog backlog) {
    this(backlog, new RecentEvents(RECENT_EVENTS, RECENT_BYTES));
  }

  AppliedTimeline(Backlog backlog, RecentEvents recent) {
    this.recent = recent;
    this.fanout = new Fanout(graph, recent, backlog);
  }

  /** Whether the graph is there. */
  public boolean isLoaded() {
    return loaded;
  }

  /** Index of the last event applied here; 0 if none. */
  public long appliedIndex() {
    return recent.lastIndex();
  }

  /** The graph as of {@link #appliedIndex}; empty until it is loaded. */
  public Graph graph() {
    return graph;
  }

  /** The sessions. */
  public Fanout fanout() {
    return fanout;
  }

  /** Takes over the graph as of an index, once. */
  public void load(GraphSnapshot snapshot) {
    if (loaded) {
      throw new IllegalStateException("the graph was loaded twice");
    }
    snapshot.names().forEach(graph::create);
    snapshot
        .follows()
        .forEach(edge -> graph.follow(edge.follower(), edge.followee(), edge.since()));
    recent.restart(snapshot.index());
    loaded = true;
    runWaiting();
  }

  /**
   * Applies a run.
   *
   * @throws IllegalStateException it does not begin at {@code appliedIndex() + 1}
   */
  public void apply(AppliedRun run) {
    if (!loaded || run.firstIndex() != appliedIndex() + 1) {
      throw new IllegalStateException(
          "a run begins at index %d, but %d is the last one applied"
              .formatted(run.firstIndex(), appliedIndex()));
    }
    for (TimelineEvent event : run.events()) {
      apply(event);
    }
    runWaiting();
  }

  /** Runs the task when this index has been applied, at once if it has been already. */
  public void whenApplied(long index, Runnable task) {
    if (loaded && index <= appliedIndex()) {
      task.run();
    } else {
      waiting.add(new Waiting(index, waitingOrder++, task));
    }
  }

  private void apply(TimelineEvent event) {
    if (event instanceof TimelineEvent.Posted post) {
      int author = graph.existing(post.author());
      recent.addPost(author, post.message());
      fanout.onPost(author, post.message());
    } else if (event instanceof TimelineEvent.Followed follow) {
      int follower = graph.existing(follow.follower());
      int followee = graph.existing(follow.followee());
      recent.addFollow(follower, followee);
      graph.follow(follower, followee, recent.lastIndex());
      fanout.onFollow(follower, followee);
    } else if (event instanceof TimelineEvent.Unfollowed unfollow) {
      int follower = graph.existing(unfollow.follower());
      int followee = graph.existing(unfollow.followee());
      recent.addUnfollow(follower, followee);
      graph.unfollow(follower, followee);
      fanout.onUnfollow(follower, followee);
    } else if (event instanceof TimelineEvent.UserCreated user) {
      recent.addOther();
      graph.create(user.name());
    }
  }

  private void runWaiting() {
    while (!waiting.isEmpty() && waiting.peek().index <= appliedIndex()) {
      waiting.poll().task.run();
    }
  }

  private record Waiting(long index, long order, Runnable task) implements Comparable<Waiting> {
    @Override
    public int compareTo(Waiting other) {
      int byIndex = Long.compare(index, other.index);
      return byIndex != 0 ? byIndex : Long.compare(order, other.order);
    }
  }
}

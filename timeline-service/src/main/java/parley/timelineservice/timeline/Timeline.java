package parley.timelineservice.timeline;

import java.util.Collections;
import java.util.List;

/**
 * The replicated state machine: turns the chosen slots, one after the other, into users, follows,
 * and places in the timeline. All replicas that applied the same slots are in the same state, so
 * nothing here looks at anything but the slots (R11–R13). Total: any entry has a result.
 *
 * <p>Not safe for threads: the replica's loop owns it. Never does input or output.
 *
 * <p>Invariants: {@code appliedSlot} and {@code appliedIndex} only grow; indexes have no gaps; an
 * entry has an index if and only if it took effect.
 */
public final class Timeline {

  private final StateSum sum = new StateSum();
  private final SocialGraph graph = new SocialGraph(sum);
  private final Clients clients = new Clients(sum);
  private final Writers writers = new Writers(sum);
  private long appliedSlot;
  private long appliedIndex;
  private long posts;

  /** The state before slot 1. */
  public Timeline() {}

  /**
   * The state as stored.
   *
   * @param state what makes up the state: users in order of ids, follows in order of their since
   *     index, current clients before their kept outcomes, writers in order of their last post
   */
  public Timeline(
      long appliedSlot, long appliedIndex, long posts, Iterable<? extends Change> state) {
    this.appliedSlot = appliedSlot;
    this.appliedIndex = appliedIndex;
    this.posts = posts;
    state.forEach(this::make);
  }

  /**
   * Applies the next slot.
   *
   * @param slot {@code appliedSlot() + 1}
   * @throws IllegalArgumentException if it is another slot's turn
   */
  public AppliedSlot apply(long slot, List<Entry> entries) {
    if (slot != appliedSlot + 1) {
      throw new IllegalArgumentException(
          "slot " + slot + " cannot be applied after slot " + appliedSlot);
    }
    SlotInProgress progress = new SlotInProgress(slot, appliedIndex + 1, entries.size());
    for (Entry entry : entries) {
      apply(entry, progress);
    }
    clients.settle(progress);
    writers.settle(progress);
    appliedSlot = slot;
    appliedIndex = progress.nextIndex() - 1;
    return progress.finished();
  }

  private void apply(Entry entry, SlotInProgress slot) {
    long client = entry.client();
    if (entry.command() instanceof Command.Register register) {
      clients.register(client, register, slot);
      slot.ineffective(new Result.Registered(clients.current(register.host())));
      return;
    }
    if (!clients.knows(client)) {
      slot.ineffective(new Result.UnknownClient());
      return;
    }
    long last = clients.lastNumber(client);
    long number = entry.number();
    if (number == last + 1) {
      take(entry, slot);
    } else if (number >= 1 && number <= last) {
      slot.ineffective(new Result.Doubled(clients.outcome(client, number)));
    } else {
      slot.ineffective(new Result.VoidEntry(last + 1));
    }
  }

  private void take(Entry entry, SlotInProgress slot) {
    Command command = entry.command();
    Outcome outcome = judge(command);
    clients.take(entry.client(), outcome, slot);
    if (outcome != Outcome.DONE) {
      slot.ineffective(new Result.Taken(outcome, 0));
      return;
    }
    int author = -1;
    if (command instanceof Command.Post post) {
      author = graph.id(post.author());
      posts++;
      if (post.key().writer() != 0) {
        writers.take(author, post.key(), slot.nextIndex());
      }
    } else {
      Change change = change(command, slot.nextIndex());
      make(change);
      slot.changed(change);
    }
    slot.effective(author);
  }

  /** What comes of a command in the present state. */
  private Outcome judge(Command command) {
    if (command instanceof Command.Post post) {
      return judge(post);
    }
    if (command instanceof Command.CreateUser create) {
      return graph.id(create.name()) == null ? Outcome.DONE : Outcome.USER_EXISTS;
    }
    if (command instanceof Command.Follow follow) {
      return judge(follow.follower(), follow.followee(), false, Outcome.ALREADY_FOLLOWING);
    }
    if (command instanceof Command.Unfollow unfollow) {
      return judge(unfollow.follower(), unfollow.followee(), true, Outcome.NOT_FOLLOWING);
    }
    throw new IllegalStateException("not a numbered command: " + command);
  }

  private Outcome judge(Command.Post post) {
    Integer author = graph.id(post.author());
    if (author == null) {
      return Outcome.INVALID_USER;
    }
    return post.key().writer() == 0 ? Outcome.DONE : writers.judge(author, post.key());
  }

  private Outcome judge(String follower, String followee, boolean mustFollow, Outcome otherwise) {
    Integer from = graph.id(follower);
    Integer to = graph.id(followee);
    if (from == null || to == null || from.equals(to)) {
      return Outcome.INVALID_USER;
    }
    return graph.follows(from, to) == mustFollow ? Outcome.DONE : otherwise;
  }

  /** The change that a command makes which was judged DONE and is not a post. */
  private Change change(Command command, long index) {
    if (command instanceof Command.CreateUser create) {
      return new Change.UserCreated(graph.users(), create.name(), index);
    }
    if (command instanceof Command.Follow follow) {
      return new Change.Followed(graph.id(follow.follower()), graph.id(follow.followee()), index);
    }
    if (command instanceof Command.Unfollow unfollow) {
      return new Change.Unfollowed(graph.id(unfollow.follower()), graph.id(unfollow.followee()));
    }
    throw new IllegalStateException("changes nothing: " + command);
  }

  private void make(Change change) {
    if (change instanceof Change.UserCreated user) {
      graph.make(user);
    } else if (change instanceof Change.Followed follow) {
      graph.make(follow);
    } else if (change instanceof Change.Unfollowed unfollow) {
      graph.make(unfollow);
    } else if (change instanceof Change.ClientStands stands) {
      clients.make(stands);
    } else if (change instanceof Change.ClientSuperseded gone) {
      clients.make(gone);
    } else if (change instanceof Change.OutcomeKept kept) {
      clients.make(kept);
    } else if (change instanceof Change.OutcomeForgotten forgotten) {
      clients.make(forgotten);
    } else if (change instanceof Change.WriterStands stands) {
      writers.make(stands);
    }
  }

  /** The last slot that was applied; 0 if none. */
  public long appliedSlot() {
    return appliedSlot;
  }

  /** Index of the last command that took effect; 0 if none. */
  public long appliedIndex() {
    return appliedIndex;
  }

  /** How many posts took effect. */
  public long posts() {
    return posts;
  }

  /** The users' names in order of creation: a view that follows the state. */
  public List<String> users() {
    return Collections.unmodifiableList(graph.names());
  }

  /**
   * The user's id: its position in {@link #users}.
   *
   * @throws IllegalArgumentException if there is no such user
   */
  public int userId(String name) {
    Integer id = graph.id(name);
    if (id == null) {
      throw new IllegalArgumentException("no user is called " + name);
    }
    return id;
  }

  /** Whom the user follows, in the order of following; empty for an unknown user. */
  public List<String> followees(String user) {
    Integer id = graph.id(user);
    return id == null
        ? List.of()
        : graph.followees(id).keySet().stream().map(graph.names()::get).toList();
  }

  /** The index since which {@code follower} follows {@code followee}; 0 if it does not. */
  public long followsSince(String follower, String followee) {
    Integer from = graph.id(follower);
    Integer to = graph.id(followee);
    return from == null || to == null ? 0 : graph.followees(from).getOrDefault(to, 0L);
  }

  /** Whether the client is the current one of its host: anyone else is refused (R11). */
  public boolean knows(long client) {
    return clients.knows(client);
  }

  /** The host's current incarnation; 0 if it has none (R11). */
  public long currentIncarnation(int host) {
    return clients.current(host);
  }

  /**
   * The only number under which the client's next command takes effect (R12).
   *
   * @param client one that the timeline knows
   */
  public long nextNumber(long client) {
    return clients.lastNumber(client) + 1;
  }

  /**
   * What came of a command of the client; DONE also if it was something else so long ago that it is
   * no longer kept (more than 4,096 outcomes other than DONE ago).
   *
   * @param client one that the timeline knows
   * @param number at least 1 and below {@code nextNumber(client)}
   */
  public Outcome outcome(long client, long number) {
    if (number < 1 || number > clients.lastNumber(client)) {
      throw new IllegalArgumentException(
          "number " + number + " of a client whose last is " + clients.lastNumber(client));
    }
    return clients.outcome(client, number);
  }

  /** Equal on replicas in the same state; for comparing them, not for protection. */
  public long stateHash() {
    long hash = StateSum.mix(appliedSlot);
    hash = StateSum.mix(hash ^ appliedIndex);
    hash = StateSum.mix(hash ^ posts);
    return StateSum.mix(hash ^ sum.value());
  }
}

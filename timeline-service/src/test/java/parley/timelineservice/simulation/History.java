package parley.timelineservice.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Outcome;
import parley.timelineservice.timeline.Result;

/**
 * What users may believe, judged by a second and plain reading of R11 to R14: each command takes
 * effect at most once, in its client's order, and exactly once if it was answered, and so does each
 * post with a key through whichever frontends it came; replicas in the same slot are in the same
 * state; reads see all that was answered before they were asked; what is delivered has no gap.
 * Since the chosen slots are one order of all commands, a history is linearizable when each answer
 * agrees with that order and no later question is answered from before it.
 */
final class History {

  private static final String NAME = "history";

  private record Judged(long firstIndex, List<Result> results) {}

  /** Who has been superseded; who stands for which host, and the last number of each. */
  private final Set<Long> superseded = new HashSet<>();

  private final Map<Integer, Long> current = new HashMap<>();
  private final Map<Long, Long> lastNumbers = new HashMap<>();
  private final Map<Long, List<Outcome>> outcomes = new HashMap<>();

  private final Set<String> users = new HashSet<>();
  private final Set<List<String>> follows = new HashSet<>();

  /** By author and writer: the sequence number of its last post. */
  private final Map<List<Object>, Long> written = new HashMap<>();

  /** What took effect: the one at position i has index i + 1. */
  private final List<Entry> effective = new ArrayList<>();

  private final Map<Long, List<Command>> invoked = new HashMap<>();
  private final List<Judged> slots = new ArrayList<>();
  private final List<Long> hashes = new ArrayList<>();

  /** The highest index that anyone has been told of. */
  private long seenIndex;

  /** A client's next command, before it is sent for the first time. */
  void onInvoked(long client, Command command) {
    invoked.computeIfAbsent(client, first -> new ArrayList<>()).add(command);
  }

  /** The next slot is chosen. */
  void onChosen(List<Entry> entries) {
    long firstIndex = effective.size() + 1L;
    List<Result> results = new ArrayList<>();
    for (Entry entry : entries) {
      results.add(judge(entry));
    }
    slots.add(new Judged(firstIndex, results));
  }

  private Result judge(Entry entry) {
    long client = entry.client();
    if (entry.command() instanceof Command.Register register) {
      register(client, register);
      return new Result.Registered(current.getOrDefault(register.host(), 0L));
    }
    if (!current.containsValue(client)) {
      return new Result.UnknownClient();
    }
    long last = lastNumbers.get(client);
    if (entry.number() > last + 1) {
      return new Result.VoidEntry(last + 1);
    }
    if (entry.number() <= last) {
      return new Result.Doubled(outcome(client, entry.number()));
    }
    Command sent = invoked.get(client).get(Math.toIntExact(last));
    Violation.unless(sent.equals(entry.command()), NAME, "%s was sent as %s", entry, sent);
    Outcome outcome = effect(entry.command());
    lastNumbers.put(client, last + 1);
    outcomes.get(client).add(outcome);
    if (outcome == Outcome.DONE) {
      effective.add(entry);
    }
    return new Result.Taken(outcome, outcome == Outcome.DONE ? effective.size() : 0);
  }

  private void register(long client, Command.Register register) {
    long before = current.getOrDefault(register.host(), 0L);
    if (before != register.replaces() || lastNumbers.containsKey(client)) {
      return;
    }
    superseded.add(before);
    current.put(register.host(), client);
    lastNumbers.put(client, 0L);
    outcomes.put(client, new ArrayList<>());
  }

  private Outcome effect(Command command) {
    if (command instanceof Command.CreateUser create) {
      return users.add(create.name()) ? Outcome.DONE : Outcome.USER_EXISTS;
    }
    if (command instanceof Command.Post post) {
      return users.contains(post.author()) ? effect(post) : Outcome.INVALID_USER;
    }
    if (command instanceof Command.Follow follow) {
      if (!arePeople(follow.follower(), follow.followee())) {
        return Outcome.INVALID_USER;
      }
      boolean isNew = follows.add(List.of(follow.follower(), follow.followee()));
      return isNew ? Outcome.DONE : Outcome.ALREADY_FOLLOWING;
    }
    Command.Unfollow unfollow = (Command.Unfollow) command;
    if (!arePeople(unfollow.follower(), unfollow.followee())) {
      return Outcome.INVALID_USER;
    }
    boolean was = follows.remove(List.of(unfollow.follower(), unfollow.followee()));
    return was ? Outcome.DONE : Outcome.NOT_FOLLOWING;
  }

  private Outcome effect(Command.Post post) {
    if (post.key().writer() == 0) {
      return Outcome.DONE;
    }
    List<Object> writer = List.of(post.author(), post.key().writer());
    long last = written.getOrDefault(writer, 0L);
    if (post.key().sequence() > last + 1) {
      return Outcome.OUT_OF_SEQUENCE;
    } else if (post.key().sequence() <= last) {
      return Outcome.ALREADY_POSTED;
    }
    written.put(writer, post.key().sequence());
    return Outcome.DONE;
  }

  private boolean arePeople(String one, String other) {
    return users.contains(one) && users.contains(other) && !one.equals(other);
  }

  private Outcome outcome(long client, long number) {
    return outcomes.get(client).get(Math.toIntExact(number - 1));
  }

  /** A replica applied a slot that is chosen: same results, same state everywhere (R9, R12). */
  void onApplied(SimulatedNode node, AppliedSlot applied) {
    int at = Math.toIntExact(applied.slot() - 1);
    Judged judged = slots.get(at);
    boolean same =
        judged.results().equals(applied.results()) && judged.firstIndex() == applied.firstIndex();
    Violation.unless(same, NAME, "%s applied %s, right is %s", node, applied, judged);
    long hash = node.timeline().stateHash();
    if (at == hashes.size()) {
      hashes.add(hash);
    }
    Violation.unless(
        hashes.get(at) == hash, NAME, "%s differs from others after slot %d", node, at + 1);
  }

  /** A restarted replica found this state on its disk. */
  void onStart(SimulatedNode node) {
    long slot = node.timeline().appliedSlot();
    Violation.unless(slot <= hashes.size(), NAME, "%s stored effects not chosen", node);
    boolean same = slot == 0 || hashes.get((int) slot - 1) == node.timeline().stateHash();
    Violation.unless(same, NAME, "%s has stored another state", node);
    checkTimeline(node, 0);
  }

  /** A client was answered: its commands from this number on are done, with these outcomes. */
  void onAnswered(long client, long firstNumber, List<Outcome> told, long lastIndex) {
    for (int i = 0; i < told.size(); i++) {
      long number = firstNumber + i;
      boolean done = lastNumbers.getOrDefault(client, 0L) >= number;
      Violation.unless(done, NAME, "%x:%d answered, without effect", client, number);
      Outcome right = outcome(client, number);
      Violation.unless(
          right == told.get(i), NAME, "%x:%d answered %s, is %s", client, number, told, right);
    }
    Violation.unless(
        lastIndex <= effective.size(),
        NAME,
        "index %d told, last is %d",
        lastIndex,
        effective.size());
    seenIndex = Math.max(seenIndex, effectiveUpTo(client, firstNumber + told.size() - 1));
  }

  /** The index of a client's newest effect up to this number. */
  private long effectiveUpTo(long client, long number) {
    for (int at = effective.size() - 1; at >= 0; at--) {
      Entry entry = effective.get(at);
      if (entry.client() == client && entry.number() <= number) {
        return at + 1L;
      }
    }
    return 0;
  }

  /** The highest index that anyone has been told of: a read asked for now must see it (R14). */
  long seenIndex() {
    return seenIndex;
  }

  /** A replica answered a read that was asked for when {@code floor} had been seen. */
  void onRead(SimulatedNode node, long floor) {
    long index = node.timeline().appliedIndex();
    Violation.unless(index >= floor, NAME, "%s reads at %d, seen was %d", node, index, floor);
    checkTimeline(node, Math.max(0, index - 20));
    checkGraph(node);
    seenIndex = Math.max(seenIndex, index);
  }

  /** The replica's own timeline is the beginning of the chosen one, from an index on (R13). */
  void checkTimeline(SimulatedNode node, long aboveIndex) {
    List<Entry> own = node.effective();
    Violation.unless(
        own.size() == node.timeline().appliedIndex() && own.size() <= effective.size(),
        NAME,
        "%s has %d entries at index %d",
        node,
        own.size(),
        node.timeline().appliedIndex());
    for (int at = (int) aboveIndex; at < own.size(); at++) {
      Violation.unless(
          own.get(at).equals(effective.get(at)), NAME, "%s has another entry %d", node, at + 1);
    }
  }

  /** Follow lists as a plain reading of the timeline has them. */
  private void checkGraph(SimulatedNode node) {
    Map<String, List<String>> lists = new HashMap<>();
    for (Entry entry : effective.subList(0, node.effective().size())) {
      if (entry.command() instanceof Command.CreateUser create) {
        lists.put(create.name(), new ArrayList<>());
      } else if (entry.command() instanceof Command.Follow follow) {
        lists.get(follow.follower()).add(follow.followee());
      } else if (entry.command() instanceof Command.Unfollow unfollow) {
        lists.get(unfollow.follower()).remove(unfollow.followee());
      }
    }
    lists.forEach(
        (user, list) -> {
          List<String> read = node.timeline().followees(user);
          Violation.unless(read.equals(list), NAME, "%s: %s follows %s", node, user, read);
        });
  }

  /** A follower gets what has this index. */
  void onDelivered(SimulatedNode node, long index, Entry entry) {
    boolean right =
        index <= effective.size() && effective.get(Math.toIntExact(index - 1)).equals(entry);
    Violation.unless(right, NAME, "%s delivers as %d: %s", node, index, entry);
    seenIndex = Math.max(seenIndex, index);
  }

  long effects() {
    return effective.size();
  }
}

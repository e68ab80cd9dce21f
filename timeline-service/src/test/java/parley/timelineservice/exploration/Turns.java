package parley.timelineservice.exploration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Works out the turns of one host: each once, although it occurs in many states of the cluster.
 *
 * <p>An input is seen by others if the replica says anything new, or if a check looks at what has
 * changed. An input that is not seen can as well happen later, just before the replica's next one:
 * nobody can tell the difference, and no message gets lost by waiting. And one after which nothing
 * of this replica is seen need not happen at all. So it is enough to explore the orders of turns,
 * not of inputs.
 */
final class Turns {

  /**
   * All that a host's turns depend on.
   *
   * @param arrived the messages that were sent to it so far, as bits of its inbox
   * @param answeredSlot what a read has to see
   * @param mayLoseDisk whether all replicas have the disk of a voter
   */
  record Situation(
      ReplicaState replica, long[] arrived, Budget budget, long answeredSlot, boolean mayLoseDisk) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Situation that
          && replica == that.replica
          && budget.equals(that.budget)
          && answeredSlot == that.answeredSlot
          && mayLoseDisk == that.mayLoseDisk
          && Arrays.equals(arrived, that.arrived);
    }

    @Override
    public int hashCode() {
      return (31 * replica.number() + Arrays.hashCode(arrived)) * 31 + (int) budget.packed();
    }
  }

  /** A place within a turn. */
  private record Place(ReplicaState replica, Budget budget) {}

  private record Step(Place place, int[] inputs) {}

  private final Scope scope;
  private final Inbox inbox;
  private final Map<Situation, Turn[]> known = new ConcurrentHashMap<>();

  Turns(Scope scope, Inbox inbox) {
    this.scope = scope;
    this.inbox = inbox;
  }

  Turn[] in(Situation situation) {
    Turn[] turns = known.get(situation);
    if (turns == null) {
      turns = new Search(situation).run();
      known.put(situation, turns);
    }
    return turns;
  }

  /** Finds the turns of one situation. */
  private final class Search {

    private final Situation situation;
    private final List<Step> open = new ArrayList<>();
    private final Set<Place> unseen = new HashSet<>();
    private final Set<Place> seen = new HashSet<>();
    private final List<Turn> turns = new ArrayList<>();

    Search(Situation situation) {
      this.situation = situation;
    }

    Turn[] run() {
      Place start = new Place(situation.replica(), situation.budget());
      unseen.add(start);
      open.add(new Step(start, new int[0]));
      for (int i = 0; i < open.size(); i++) {
        Step step = open.get(i);
        step.place()
            .replica()
            .core()
            .forEachMoving(situation.arrived(), n -> go(step, n, step.place().budget()));
        own(step);
      }
      return turns.toArray(new Turn[0]);
    }

    private void own(Step step) {
      ExploredHost host = step.place().replica().snapshot();
      Budget budget = step.place().budget();
      for (int writes = 1; writes <= host.queued(); writes++) {
        go(step, new Input.Sync(writes), budget);
      }
      if (host.mayStand()) {
        go(step, new Input.Elect(false), budget);
        if (host.electionsLeft() > 1) {
          go(step, new Input.Elect(true), budget);
        }
      }
      if (host.mayTick()) {
        go(step, new Input.Tick(), budget);
      }
      if (budget.commands() < scope.commands() && host.mayPropose()) {
        go(step, new Input.Propose(budget.commands() + 1), budget.oneCommand());
      }
      if (budget.reads() < scope.reads() && host.mayRead()) {
        go(step, new Input.Read(situation.answeredSlot()), budget.oneRead());
      }
      if (budget.crashes() < scope.crashes()) {
        go(step, new Input.Crash(), budget.oneCrash());
      }
      if (budget.diskLosses() < scope.diskLosses() && situation.mayLoseDisk()) {
        go(step, new Input.LoseDisk(), budget.oneDiskLoss());
      }
    }

    private void go(Step from, Input input, Budget budget) {
      go(from, inbox.number(input), budget);
    }

    private void go(Step from, int input, Budget budget) {
      int[] inputs = Arrays.copyOf(from.inputs(), from.inputs().length + 1);
      inputs[inputs.length - 1] = input;
      ReplicaState before = from.place().replica();
      String violation = before.core().step(input).violation();
      if (violation != null) {
        turns.add(new Turn(inputs, before, budget, violation));
        return;
      }
      ReplicaState after = before.after(input).settled(situation.arrived());
      Place place = new Place(after, budget);
      if (isSeen(before, input, after)) {
        if (seen.add(place)) {
          turns.add(new Turn(inputs, after, budget, null));
        }
      } else if (unseen.add(place)) {
        open.add(new Step(place, inputs));
      }
    }

    private boolean isSeen(ReplicaState before, int number, ReplicaState after) {
      Input input = inbox.input(number);
      return input instanceof Input.Read
          || input instanceof Input.LoseDisk
          || !after.hasSentTheSameAs(before)
          || after.snapshot().isCheckedUnlike(before.snapshot());
    }
  }
}

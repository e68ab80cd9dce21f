package parley.timelineservice.exploration;

import java.util.Arrays;

/** A core with all that it has sent so far, by receiver; met once and shared. */
final class ReplicaState {

  private final World world;
  private final int number;
  private final CoreState core;
  private final long[][] sent;

  private int[] inputs = {};
  private ReplicaState[] nexts = {};

  /** Messages that make it say only what it has said before. */
  private volatile long[] echoed = Bits.NONE;

  ReplicaState(World world, int number, CoreState core, long[][] sent) {
    this.world = world;
    this.number = number;
    this.core = core;
    this.sent = sent;
  }

  int number() {
    return number;
  }

  CoreState core() {
    return core;
  }

  ExploredHost snapshot() {
    return core.snapshot();
  }

  long[] sent(int host) {
    return sent[host];
  }

  boolean hasSentTheSameAs(ReplicaState other) {
    return Arrays.deepEquals(sent, other.sent);
  }

  /** Whether it has said, or will say, all that the other one has, and is the same otherwise. */
  boolean saysAllOf(ReplicaState other) {
    if (this == other) {
      return true;
    }
    for (int host = 0; host < sent.length; host++) {
      if (!Bits.hasAllOf(sent[host], other.sent[host])) {
        return false;
      }
    }
    return core.saysAllOf(other.core);
  }

  /** After it has said all that it can say to the arrived messages without changing otherwise. */
  ReplicaState settled(long[] arrived) {
    ReplicaState settled = this;
    int input = settled.nextEcho(arrived);
    while (input >= 0) {
      settled = settled.after(input);
      input = settled.nextEcho(arrived);
    }
    return settled;
  }

  /** An arrived message that may make it say something new, or -1. */
  private int nextEcho(long[] arrived) {
    for (int word = 0; word < arrived.length; word++) {
      long news = core.echoing(arrived, word) & ~Bits.word(echoed, word);
      if (news != 0) {
        return 64 * word + Long.numberOfTrailingZeros(news);
      }
    }
    return -1;
  }

  synchronized ReplicaState after(int input) {
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] == input) {
        return nexts[i];
      }
    }
    CoreState.Step step = core.step(input);
    long[][] all = sent.clone();
    for (int i = 0; i < step.sent().length; i += 2) {
      int to = step.sent()[i];
      if (!Bits.has(all[to], step.sent()[i + 1])) {
        all[to] = Bits.with(all[to], step.sent()[i + 1]);
      }
    }
    ReplicaState next = world.replica(step.next(), all);
    if (next == this) {
      echoed = Bits.with(echoed, input);
    } else {
      inputs = Arrays.copyOf(inputs, inputs.length + 1);
      nexts = Arrays.copyOf(nexts, inputs.length);
      inputs[inputs.length - 1] = input;
      nexts[inputs.length - 1] = next;
    }
    return next;
  }
}

package parley.timelineservice.exploration;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * A replica's core and disk, met once and shared by all states of the cluster in which it occurs.
 * Remembers what each input does to it, so that the real core runs once for each.
 */
final class CoreState {

  /**
   * What an input does.
   *
   * @param sent pairs of a host and of the number of what is sent in that host's inbox
   * @param violation what is wrong with it, or null
   */
  record Step(CoreState next, int[] sent, String violation) {}

  private final World world;
  private final int host;
  private final int number;
  private final int kernel;
  private final Held held;
  private final ExploredHost snapshot;

  private int[] inputs = {};
  private Step[] steps = {};

  /** Inputs by what they do: nothing at all, nothing but to make it say something, or more. */
  private volatile long[] silent = Bits.NONE;

  private volatile long[] echoing = Bits.NONE;
  private volatile long[] moving = Bits.NONE;

  CoreState(World world, int host, int number, int kernel, Held held, ExploredHost snapshot) {
    this.world = world;
    this.host = host;
    this.number = number;
    this.kernel = kernel;
    this.held = held;
    this.snapshot = snapshot;
  }

  int host() {
    return host;
  }

  int number() {
    return number;
  }

  /** The same for all that differ only in the messages that they hold back. */
  int kernel() {
    return kernel;
  }

  /** Whether it will say all that the other one would, and is the same otherwise. */
  boolean saysAllOf(CoreState other) {
    return this == other || kernel == other.kernel && held.hasAllOf(other.held);
  }

  /** Not to be stepped: others share it. */
  ExploredHost snapshot() {
    return snapshot;
  }

  /** The arrived messages that do more than to make it say something. */
  void forEachMoving(long[] arrived, IntConsumer input) {
    for (int word = 0; word < arrived.length; word++) {
      tryUnknown(arrived, word);
      Bits.forEach(word, arrived[word] & Bits.word(moving, word), input);
    }
  }

  /** The arrived messages that make it say something, now or later, and do nothing else. */
  long echoing(long[] arrived, int word) {
    tryUnknown(arrived, word);
    return arrived[word] & Bits.word(echoing, word);
  }

  private void tryUnknown(long[] arrived, int word) {
    long known = Bits.word(silent, word) | Bits.word(echoing, word) | Bits.word(moving, word);
    Bits.forEach(word, arrived[word] & ~known, this::step);
  }

  /** What the input does, worked out at the first time. */
  synchronized Step step(int input) {
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] == input) {
        return steps[i];
      }
    }
    Step step = world.run(this, input);
    boolean moves = !step.next().saysAllOf(this) || step.violation() != null;
    boolean says = step.next() != this || step.sent().length > 0;
    if (moves || says) {
      inputs = Arrays.copyOf(inputs, inputs.length + 1);
      steps = Arrays.copyOf(steps, inputs.length);
      inputs[inputs.length - 1] = input;
      steps[inputs.length - 1] = step;
    }
    if (moves) {
      moving = Bits.with(moving, input);
    } else if (says) {
      echoing = Bits.with(echoing, input);
    } else {
      silent = Bits.with(silent, input);
    }
    return step;
  }
}

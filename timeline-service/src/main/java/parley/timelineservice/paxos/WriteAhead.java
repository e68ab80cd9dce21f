package parley.timelineservice.paxos;

import java.util.ArrayDeque;

/**
 * Keeps the order "durable first, then said" (R6): numbers the writes, and holds back messages
 * until what they tell is durable.
 */
final class WriteAhead {

  private record Held(long sequence, int to, Message message) {}

  private final Effects effects;
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  /** Both only grow; {@code durable <= last}. */
  private long last;

  private long durable;

  WriteAhead(Effects effects) {
    this.effects = effects;
  }

  /** Hands the write out; returns its sequence. */
  long persist(Write write) {
    effects.add(new Effect.Persist(++last, write));
    return last;
  }

  /** The sequence of the newest write: what is known now is durable when this one is. */
  long last() {
    return last;
  }

  boolean isDurable(long sequence) {
    return sequence <= durable;
  }

  /** Sends the message as soon as everything written so far is durable. */
  void sendWhenDurable(int to, Message message) {
    if (isDurable(last)) {
      effects.send(to, message);
    } else {
      held.add(new Held(last, to, message));
    }
  }

  void onDurable(long sequence) {
    ProtocolViolation.check(sequence <= last, "durable <= last written", sequence, last);
    durable = Math.max(durable, sequence);
    while (!held.isEmpty() && isDurable(held.peek().sequence())) {
      Held ready = held.poll();
      effects.send(ready.to(), ready.message());
    }
  }
}

package parley.timelineservice.paxos;

import java.util.List;

/**
 * Copies committed slots while the cluster serves (R16): one request at a time, repeated when its
 * answer does not come. One chunk may be on its way to the disk while the next one is on its way
 * here, and no more: a disk slower than the network makes the copying wait.
 */
final class CatchUp {

  private final PaxosConfig config;
  private final Acceptor acceptor;
  private final Effects effects;

  /** The request under way, or 0. */
  private int askedHost;

  private long askedSlot;
  private long askedTick;

  /** A late answer is no lost one: this grows with what answers take, and with each repetition. */
  private long retryTicks;

  /** Everything before the newest chunk: durable before more is asked for. */
  private long beforeChunkSlot;

  /** Who is to be asked as soon as that is so, or 0. */
  private int nextHost;

  CatchUp(PaxosConfig config, Acceptor acceptor, Effects effects) {
    this.config = config;
    this.acceptor = acceptor;
    this.effects = effects;
    retryTicks = config.heartbeatTicks();
  }

  /**
   * Asks the host for what follows the own committed slot, unless an answer is still to be expected
   * or too much waits for the disk.
   */
  void want(int host, long tick) {
    if (acceptor.appliedSlot() < beforeChunkSlot) {
      nextHost = host;
      return;
    }
    if (askedHost != 0) {
      if (tick - askedTick < retryTicks) {
        return;
      }
      waitFor(2 * retryTicks);
    }
    askedHost = host;
    askedSlot = acceptor.committedSlot() + 1;
    askedTick = tick;
    effects.send(host, new Message.Fetch(askedSlot));
  }

  private void waitFor(long ticks) {
    retryTicks = Math.max(config.heartbeatTicks(), Math.min(ticks, config.quorumLostTicks()));
  }

  /**
   * A chunk came, and was copied as far as it was of use. The answer to the request under way
   * begins where that does; an earlier one, repeated or late, must not make room for another
   * request, or everything from then on would be copied twice.
   *
   * @param beforeSlot the own committed slot before that
   */
  void onChunk(int host, List<AcceptedBatch> slots, long beforeSlot, long tick) {
    if (host == askedHost && !slots.isEmpty() && slots.get(0).slot() == askedSlot) {
      askedHost = 0;
      waitFor(2 * (tick - askedTick));
    }
    if (acceptor.committedSlot() > beforeSlot) {
      beforeChunkSlot = beforeSlot;
    }
  }

  /** The disk has got on. */
  void onDurable(long tick) {
    if (nextHost != 0 && acceptor.appliedSlot() >= beforeChunkSlot) {
      int host = nextHost;
      nextHost = 0;
      want(host, tick);
    }
  }
}

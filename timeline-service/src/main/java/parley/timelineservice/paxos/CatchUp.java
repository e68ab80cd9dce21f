package parley.timelineservice.paxos;

/**
 * Copies committed slots while the cluster serves (R16): one request at a time, repeated when its
 * answer does not come.
 */
final class CatchUp {

  private final PaxosConfig config;
  private final Effects effects;

  private int askedHost;
  private long askedTick;

  CatchUp(PaxosConfig config, Effects effects) {
    this.config = config;
    this.effects = effects;
  }

  /** Asks the host for what follows, unless an answer is still to be expected. */
  void want(int host, long fromSlot, long tick) {
    if (askedHost != 0 && tick - askedTick < config.heartbeatTicks()) {
      return;
    }
    askedHost = host;
    askedTick = tick;
    effects.send(host, new Message.Fetch(fromSlot));
  }

  /** An answer came: the next request need not wait. */
  void onChunk(int host) {
    if (host == askedHost) {
      askedHost = 0;
    }
  }
}

package parley.timelineservice.paxos;

import java.util.ArrayList;
import java.util.List;

/** Collects what one round of the core wants done. */
final class Effects {

  private List<Effect> pending = new ArrayList<>();

  void add(Effect effect) {
    pending.add(effect);
  }

  void send(int to, Message message) {
    pending.add(new Effect.Send(to, message));
  }

  void ignored(Envelope envelope, String why) {
    pending.add(new Effect.Ignored(envelope, why));
  }

  List<Effect> drain() {
    if (pending.isEmpty()) {
      return List.of();
    }
    List<Effect> drained = pending;
    pending = new ArrayList<>();
    return drained;
  }
}

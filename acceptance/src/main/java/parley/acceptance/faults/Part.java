package parley.acceptance.faults;

import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** The parts that a whole host can play, as far as they make a difference when it is hit. */
enum Part {
  PRIMARY("primary", "the primary's host", Situation::primary, situation -> true),
  STANDBY("standby", "a standby's host", Situation::standbyInUse, situation -> true),
  ZOOKEEPER_LEADER(
      "zookeeper-leader",
      "the standby's host that leads ZooKeeper",
      Situation::zooKeeperLeader,
      situation -> !situation.primaryLeadsZooKeeper());

  private final String id;
  private final String words;
  private final ToIntFunction<Situation> host;
  private final Predicate<Situation> played;

  Part(String id, String words, ToIntFunction<Situation> host, Predicate<Situation> played) {
    this.id = id;
    this.words = words;
    this.host = host;
    this.played = played;
  }

  /** For the names of cells. */
  String id() {
    return id;
  }

  /** For the table. */
  String words() {
    return words;
  }

  /** Who plays it. */
  int host(Situation situation) {
    return host.applyAsInt(situation);
  }

  /** Whether anybody plays it and no other part that is told apart. */
  boolean isPlayed(Situation situation) {
    return played.test(situation);
  }
}

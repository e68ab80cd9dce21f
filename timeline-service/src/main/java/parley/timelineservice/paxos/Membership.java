package parley.timelineservice.paxos;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import parley.timelineservice.paxos.Message.Hello;
import parley.timelineservice.paxos.Message.Standing;

/**
 * Whether this replica may vote, and what it has heard of the others (R3, R15). {@code EMPTY}
 * becomes {@code VOTER} by forming the cluster or by standing in its founders' record, {@code
 * NEWCOMER} by meeting a cluster that exists without it; {@code NEWCOMER} becomes {@code VOTER}
 * under a primary of an epoch above all promises it was told.
 */
final class Membership {

  /** The newest that was heard of another host's present incarnation. */
  private record Heard(
      long incarnation,
      Standing standing,
      Epoch promised,
      long committedSlot,
      boolean answersUs,
      long tick) {}

  private record Mark(long sequence, Map<Integer, Long> founders) {}

  private final PaxosConfig config;
  private final long incarnation;
  private final TreeMap<Integer, Heard> heard = new TreeMap<>();
  private final TreeMap<Integer, Long> heardIncarnations = new TreeMap<>();

  private Standing standing;
  private Map<Integer, Long> founders;

  /** The write of the voter's mark, while it is under way: it votes when that is durable. */
  private Mark mark;

  /** The highest promise that a newcomer was told, or null while it still has to ask. */
  private Epoch floor;

  /** A newcomer's way to its vote: the epoch under which it copies, and how far it has to. */
  private Epoch joiningEpoch = Epoch.NONE;

  private long joiningSlot;

  Membership(PaxosConfig config, DurableState disk) {
    this.config = config;
    incarnation = disk.incarnation();
    founders = sorted(disk.founders());
    if (disk.voter()) {
      standing = Standing.VOTER;
    } else {
      standing = disk.committedSlot() > 0 ? Standing.NEWCOMER : Standing.EMPTY;
    }
  }

  Standing standing() {
    return standing;
  }

  boolean votes() {
    return standing == Standing.VOTER;
  }

  /** What to tell another host: an answer to its newest incarnation that was heard. */
  Hello helloTo(int host, Epoch promised, long committedSlot) {
    return new Hello(
        standing, promised, committedSlot, heardIncarnations.getOrDefault(host, 0L), founders);
  }

  /** Any message shows which incarnation of its sender lives. */
  void onAnyMessage(Envelope envelope) {
    heardIncarnations.put(envelope.from(), envelope.incarnation());
  }

  void onHello(Envelope envelope, Hello hello, long tick) {
    Heard before = heard.get(envelope.from());
    boolean sameIncarnation = before != null && before.incarnation() == envelope.incarnation();
    if (sameIncarnation && hello.standing().compareTo(before.standing()) < 0) {
      return; // overtaken by a later one: standing only rises within an incarnation
    }
    boolean answers =
        hello.heardIncarnation() == incarnation || sameIncarnation && before.answersUs();
    Epoch told =
        sameIncarnation ? Epoch.max(before.promised(), hello.promised()) : hello.promised();
    heard.put(
        envelope.from(),
        new Heard(
            envelope.incarnation(), hello.standing(), told, hello.committedSlot(), answers, tick));
    if (standing == Standing.EMPTY && hello.standing() != Standing.EMPTY) {
      if (!isFounder(hello.founders()) && hello.heardIncarnation() == incarnation) {
        standing = Standing.NEWCOMER;
      }
    }
  }

  /** Whether this replica is a founding voter by another's record. */
  boolean isFounder(Map<Integer, Long> record) {
    return Long.valueOf(incarnation).equals(record.get(config.self()));
  }

  /** All hosts have answered "empty" to this one, which is empty itself. */
  boolean mayForm() {
    return standing == Standing.EMPTY
        && mark == null
        && config.others().stream()
            .map(heard::get)
            .allMatch(h -> h != null && h.answersUs() && h.standing() == Standing.EMPTY);
  }

  /** The record that this replica forms: the incarnations that answered. */
  Map<Integer, Long> formed() {
    TreeMap<Integer, Long> record = new TreeMap<>();
    record.put(config.self(), incarnation);
    config.others().forEach(host -> record.put(host, heard.get(host).incarnation()));
    return record;
  }

  /** Whether this replica has yet to become a voter, and its mark is not on its way to the disk. */
  boolean lacksMark() {
    return !votes() && mark == null;
  }

  /** The voter's mark was handed out to be written. */
  void onMark(long sequence, Map<Integer, Long> record) {
    mark = new Mark(sequence, sorted(record));
  }

  /** Votes from the moment when its mark is durable (R15). */
  void onDurable(WriteAhead writes) {
    if (mark != null && writes.isDurable(mark.sequence())) {
      founders = mark.founders();
      standing = Standing.VOTER;
      mark = null;
    }
  }

  Map<Integer, Long> founders() {
    return founders;
  }

  /**
   * The highest promise that a newcomer was told, or null while it has not been answered by every
   * other replica that may vote, or by too few of them (R15). What they promise after that was not
   * promised to the disk that this replica lost: it does not raise the floor, or no epoch would
   * ever be above it.
   */
  Epoch newcomersFloor() {
    if (floor == null) {
      floor = highestPromiseTold();
    }
    return floor;
  }

  private Epoch highestPromiseTold() {
    int voters = 0;
    Epoch highest = Epoch.NONE;
    for (int host : config.others()) {
      Heard h = heard.get(host);
      if (h == null || !h.answersUs()) {
        return null;
      }
      if (h.standing() == Standing.VOTER) {
        voters++;
        highest = Epoch.max(highest, h.promised());
      }
    }
    return voters >= config.quorum().answersForNewcomer() ? highest : null;
  }

  /**
   * A primary of an epoch above the floor has said what is committed.
   *
   * @return whether this replica, which holds everything up to {@code ownCommittedSlot}, may vote
   */
  boolean maybeJoin(Epoch epoch, boolean open, long committedSlot, long ownCommittedSlot) {
    if (!open) {
      return false;
    }
    if (!epoch.equals(joiningEpoch)) {
      joiningEpoch = epoch;
      joiningSlot = committedSlot;
    }
    return ownCommittedSlot >= joiningSlot;
  }

  /**
   * The highest committed slot among the voters heard from lately; {@code own} if there are none
   * (R3).
   */
  long highestCommittedSlot(long own, long tick) {
    long highest = own;
    for (Heard h : heard.values()) {
      boolean reached = tick - h.tick() <= config.silentTicks();
      if (reached && h.standing() == Standing.VOTER) {
        highest = Math.max(highest, h.committedSlot());
      }
    }
    return highest;
  }

  /** A host from which more than {@code own} can be copied, or 0. */
  int hostAhead(long own, long tick) {
    int best = 0;
    long highest = own;
    for (Map.Entry<Integer, Heard> entry : heard.entrySet()) {
      Heard h = entry.getValue();
      if (tick - h.tick() <= config.silentTicks() && h.committedSlot() > highest) {
        best = entry.getKey();
        highest = h.committedSlot();
      }
    }
    return best;
  }

  /** For people: which hosts a newcomer or an empty replica still waits for. */
  Map<Integer, String> awaited() {
    Map<Integer, String> awaited = new LinkedHashMap<>();
    for (int host : config.others()) {
      Heard h = heard.get(host);
      if (h == null || !h.answersUs()) {
        awaited.put(host, "no answer");
      } else {
        awaited.put(host, h.standing().toString());
      }
    }
    return awaited;
  }

  private static Map<Integer, Long> sorted(Map<Integer, Long> record) {
    return new TreeMap<>(record);
  }
}

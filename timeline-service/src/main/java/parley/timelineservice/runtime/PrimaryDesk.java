package parley.timelineservice.runtime;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.codec.MalformedEntries;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.PaxosReplica;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.FrontendLine;
import parley.timelineservice.primary.Intake;
import parley.timelineservice.primary.Pace;
import parley.timelineservice.primary.Presence;
import parley.timelineservice.primary.ToFrontend;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Result;
import parley.timelineservice.timeline.Timeline;

/**
 * What a serving primary does for frontends: takes their commands, answers them when they are
 * applied, confirms reads, and knows who is connected. Made when an epoch begins to serve and
 * thrown away when it ends, so that nothing of one epoch is ever answered in another. Owned by the
 * replica's loop.
 */
public final class PrimaryDesk {

  /** A line's commands may wait for so many full batches. */
  private static final int WAITING_BATCHES_PER_LINE = 64;

  private record Read(FrontendLine line, long id) {}

  private final PaxosReplica core;
  private final Timeline timeline;
  private final int batchBytesMax;
  private final Intake intake;
  private final Pace pace;
  private final Presence presence;
  private final Set<FrontendLine> lines = new LinkedHashSet<>();

  /**
   * Reads by the confirmation round that serves them, then by the slot that must be applied (R14).
   */
  private final TreeMap<Long, List<Read>> readsByRound = new TreeMap<>();

  private final TreeMap<Long, List<Read>> readsBySlot = new TreeMap<>();

  /**
   * A desk without lines.
   *
   * @param nanos now, monotonic, as everywhere here
   */
  public PrimaryDesk(
      PaxosReplica core, Timeline timeline, Set<Integer> hosts, int batchBytesMax, long nanos) {
    this.core = core;
    this.timeline = timeline;
    this.batchBytesMax = batchBytesMax;
    intake =
        new Intake(
            clientNumbers(timeline),
            (host, incarnation, replaces) ->
                EntryCodec.encode(
                    List.of(new Entry(incarnation, 0, new Command.Register(host, replaces)))),
            batchBytesMax,
            (long) WAITING_BATCHES_PER_LINE * batchBytesMax);
    pace = new Pace(nanos);
    presence = new Presence(hosts);
  }

  private static Intake.ClientNumbers clientNumbers(Timeline timeline) {
    return new Intake.ClientNumbers() {
      @Override
      public long next(long client) {
        return timeline.nextNumber(client);
      }

      @Override
      public boolean knows(long client) {
        return timeline.knows(client);
      }
    };
  }

  public void opened(FrontendLine line) {
    lines.add(line);
    intake.opened(line);
    presence.opened(line);
  }

  public void closed(FrontendLine line) {
    if (lines.remove(line)) {
      intake.closed(line);
      presence.closed(line);
    }
  }

  /**
   * A frontend has said something. Its line may have been closed meanwhile, and the epoch have
   * ended earlier in the same round of the loop, which closes this desk only at the end of the
   * round.
   */
  public void onMessage(FrontendLine line, FromFrontend message) {
    if (!lines.contains(line) || !core.isServing()) {
      return;
    }
    if (message instanceof FromFrontend.Submit submit) {
      onSubmit(line, submit);
    } else if (message instanceof FromFrontend.ConfirmRead read) {
      readsByRound
          .computeIfAbsent(core.confirmRead(), round -> new ArrayList<>())
          .add(new Read(line, read.id()));
    } else if (message instanceof FromFrontend.Hello hello) {
      presence.onHello(line, hello);
      intake.onHello(line, hello);
    } else if (message instanceof FromFrontend.Claim claim) {
      presence.onClaim(line, claim);
    } else if (message instanceof FromFrontend.Release release) {
      presence.onRelease(line, release);
    } else if (message instanceof FromFrontend.Held held) {
      presence.onHeld(line, held);
    }
  }

  /** What cannot be decoded would stop every replica if it got into the log. */
  private void onSubmit(FrontendLine line, FromFrontend.Submit submit) {
    try {
      EntryCodec.check(submit.entries(), submit.client(), submit.firstNumber(), submit.count());
    } catch (MalformedEntries e) {
      closed(line);
      line.close("The line was closed, what it submitted cannot be used: " + e.getMessage());
      return;
    }
    intake.onSubmit(line, submit);
  }

  /**
   * Lets time pass for those who hold names: the silent lose them. Called at every round of the
   * loop.
   *
   * @param nanos now, monotonic
   */
  public void tick(long nanos) {
    presence.tick(TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  /**
   * The batch to propose next. While another is under way, a small one waits and grows: what
   * arrives meanwhile forms the next batch (R10); and so it may for a moment after that, as {@link
   * Pace} says. So slots become fewer when there is much to do.
   *
   * @param nanos now, monotonic
   */
  public Optional<Batch> nextBatch(long nanos) {
    int waiting = intake.waiting();
    boolean full = intake.waitingBytes() >= batchBytesMax / 8;
    if (waiting == 0 || !full && (core.underWay() > 0 || !pace.isDue(waiting, nanos))) {
      return Optional.empty();
    }
    pace.began(waiting, nanos);
    return intake.nextBatch().map(joined -> new Batch(joined.count(), joined.bytes()));
  }

  /**
   * In how long {@link #nextBatch} is to be asked again, even if nothing happens; empty if only an
   * event can bring a batch.
   *
   * @param nanos now, monotonic
   */
  public OptionalLong nextBatchInNanos(long nanos) {
    return intake.waiting() == 0 || core.underWay() > 0
        ? OptionalLong.empty()
        : OptionalLong.of(pace.dueInNanos(nanos));
  }

  /** A slot was applied: whoever waits for its entries is answered (R7). */
  public void onApplied(AppliedSlot slot, List<Entry> entries) {
    for (int i = 0; i < entries.size(); i++) {
      onResult(entries.get(i), slot.results().get(i));
    }
    answerReads();
  }

  private void onResult(Entry entry, Result result) {
    long client = entry.client();
    long number = entry.number();
    if (result instanceof Result.Taken taken) {
      intake.onApplied(client, number, taken.outcome(), taken.index());
    } else if (result instanceof Result.Doubled doubled) {
      intake.onApplied(client, number, doubled.outcome(), 0);
    } else if (result instanceof Result.VoidEntry) {
      intake.onVoid(client, number);
    } else if (result instanceof Result.UnknownClient) {
      intake.onUnknownClient(client, number);
    } else if (result instanceof Result.Registered registered) {
      intake.onRegistered(client, registered.current());
    }
  }

  public void onReadsConfirmed(long round, long slot) {
    for (Iterator<List<Read>> served = readsByRound.headMap(round, true).values().iterator();
        served.hasNext(); ) {
      readsBySlot.computeIfAbsent(slot, unused -> new ArrayList<>()).addAll(served.next());
      served.remove();
    }
    answerReads();
  }

  private void answerReads() {
    while (!readsBySlot.isEmpty() && readsBySlot.firstKey() <= timeline.appliedSlot()) {
      for (Read read : readsBySlot.pollFirstEntry().getValue()) {
        if (lines.contains(read.line())) {
          read.line().send(new ToFrontend.ReadConfirmed(read.id(), timeline.appliedIndex()));
        }
      }
    }
  }

  public long sessions() {
    return presence.sessions();
  }

  /**
   * Leadership is over: frontends look for the new primary and send again what was not answered.
   */
  public void close(String why) {
    lines.forEach(line -> line.close(why));
    lines.clear();
  }
}

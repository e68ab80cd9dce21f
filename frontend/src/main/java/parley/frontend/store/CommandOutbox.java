package parley.frontend.store;

import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.frontend.delivery.OwnCommands;

/**
 * Brings every command to the primary exactly once and in order, whatever becomes of lines and
 * primaries (R11, R12).
 *
 * <p>Commands wait in lanes. Lanes take turns, one command each, when a chunk is filled: a flooding
 * stream costs the others nothing but its share. With its place in a chunk a command gets its
 * number; chunks are kept, as encoded, until all their results have arrived, and sent again as they
 * are on a new line or when the primary refuses them.
 *
 * <p>{@code answered < number of each unanswered command < nextNumber}, without gaps; unanswered
 * chunks hold at most {@link #FLIGHT_COMMANDS} commands, so that the replicas still know the result
 * of each (they keep those of the newest 4,096). Owned by the loop.
 */
public final class CommandOutbox {
  static final int CHUNK_COMMANDS = 512;
  static final int FLIGHT_COMMANDS = 3_000;
  static final int FLIGHT_CHUNKS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(CommandOutbox.class);
  private static final int FIRST_PAUSE_MS = 5;
  private static final int LONGEST_PAUSE_MS = 200;

  private final ChunkEncoder encoder;
  private final Delay delay;
  private final ArrayDeque<Lane> lanes = new ArrayDeque<>();
  private final ArrayDeque<Chunk> unanswered = new ArrayDeque<>();
  private final OwnPlaces places = new OwnPlaces();
  private SubmitLine line;
  private long answered;
  private long nextNumber = 1;
  private int inFlight;

  /** After a refusal: no chunk is sent until the fate of all outstanding ones is known. */
  private boolean draining;

  /** Between the end of draining and the resend: a primary that refuses all is not flooded. */
  private boolean pausing;

  private int pauseMs = FIRST_PAUSE_MS;

  /** Runs a task on the loop after so many milliseconds. */
  public interface Delay {
    void after(long delayMs, Runnable task);
  }

  /**
   * @param client this frontend's incarnation
   * @param chunkBytesMax bound for an encoded chunk; one command always fits
   */
  public CommandOutbox(long client, int chunkBytesMax, Delay delay) {
    this.encoder = new ChunkEncoder(client, CHUNK_COMMANDS, chunkBytesMax);
    this.delay = delay;
  }

  /** A new lane, whose commands keep their order. */
  public Lane lane(OutcomeListener listener) {
    return new Lane(this, listener);
  }

  /**
   * A new lane, whose commands keep their order, and whose listener learns their places in the
   * timeline. A command that took effect is told when the timeline here shows it, one that did not
   * when all those of this frontend before it have been told.
   */
  public Lane placedLane(PlaceListener listener) {
    return lane((command, outcome) -> places.await(answered, command, outcome, listener));
  }

  /** The timeline of this frontend shows these commands; told once each, in order. */
  public void onShown(List<OwnCommands> commands) {
    commands.forEach(places::onShown);
    places.settle(answered);
  }

  /** Sends what can be sent; called at the end of each turn of the loop. */
  public void flush() {
    if (line == null || draining || pausing) {
      return;
    }
    for (Chunk chunk : unanswered) {
      if (!chunk.outstanding && !send(chunk)) {
        return;
      }
    }
    while (!lanes.isEmpty()
        && unanswered.size() < FLIGHT_CHUNKS
        && inFlight + CHUNK_COMMANDS <= FLIGHT_COMMANDS
        && line.isReady()) {
      Chunk chunk = encoder.seal(lanes, nextNumber);
      nextNumber += chunk.count();
      inFlight += chunk.count();
      unanswered.add(chunk);
      if (!send(chunk)) {
        return;
      }
    }
  }

  void onWaiting(Lane lane) {
    lanes.add(lane);
  }

  void onWithdrawn(Lane lane) {
    lanes.remove(lane);
  }

  /** A line on which this frontend is registered: everything unanswered goes out again. */
  void onLineOpen(SubmitLine opened) {
    line = opened;
    draining = false;
    unanswered.forEach(chunk -> chunk.outstanding = false);
  }

  void onLineClosed() {
    line = null;
  }

  /** Results of consecutive commands; those that had arrived before are passed over. */
  void onResults(long firstNumber, List<Outcome> outcomes) {
    for (int i = 0; i < outcomes.size(); i++) {
      long number = firstNumber + i;
      if (number <= answered) {
        continue;
      }
      Chunk chunk = unanswered.peek();
      if (number != answered + 1 || chunk == null) {
        line.reject(
            "it answered command %d, but the answer to %d is next".formatted(number, answered + 1));
        return;
      }
      answered = number;
      if (number == chunk.lastNumber()) {
        unanswered.poll();
        inFlight -= chunk.count();
      }
      chunk.onOutcome(number, outcomes.get(i));
    }
    places.settle(answered);
    pauseMs = FIRST_PAUSE_MS;
    maybeEndDraining();
  }

  /** A chunk was void: everything from {@code fromNumber} on is to be sent again (R12). */
  void onResend(long firstNumber, long fromNumber) {
    LOG.debug("commands from {} on were void, {} is next", firstNumber, fromNumber);
    if (fromNumber <= answered || fromNumber > nextNumber) {
      line.reject(
          "it wants command %d next, but %d to %d are unanswered"
              .formatted(fromNumber, answered + 1, nextNumber - 1));
      return;
    }
    for (Chunk chunk : unanswered) {
      if (chunk.firstNumber() == firstNumber) {
        chunk.outstanding = false;
      }
    }
    draining = true;
    maybeEndDraining();
  }

  private boolean send(Chunk chunk) {
    if (!line.isReady()) {
      return false;
    }
    chunk.outstanding = true;
    line.submit(chunk, answered);
    return true;
  }

  private void maybeEndDraining() {
    if (draining && unanswered.stream().noneMatch(chunk -> chunk.outstanding)) {
      draining = false;
      pausing = true;
      delay.after(pauseMs, () -> pausing = false);
      pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    }
  }
}

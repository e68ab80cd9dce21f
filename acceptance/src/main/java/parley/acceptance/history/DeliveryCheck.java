package parley.acceptance.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Judges what every stream brought its user by the one log: what history showed and what came live
 * is, together, an unbroken run of the log's posts by those whom the user follows. It begins no
 * earlier than the newest {@code shownMax} of them, no later than what anybody had received before
 * the stream was opened, and does not end before the end of the log if it had the time.
 */
final class DeliveryCheck implements Consumer<Event> {

  private static final int NOWHERE = Positions.NOWHERE;

  private final HostLog log;
  private final Streams streams;
  private final int shownMax;
  private final Verdict verdict;
  private final Positions positions;
  // By author: where the last post stands of which anybody has learned up to now that it is safe.
  private final Map<String, Integer> known = new HashMap<>();
  private final Map<Integer, Reader> readers = new HashMap<>();
  private boolean settled;
  private long deliveries;

  /**
   * @param shownMax how many old posts a stream brings when it is opened, if there are so many
   */
  DeliveryCheck(HostLog log, Positions positions, Streams streams, int shownMax, Verdict verdict) {
    this.log = log;
    this.positions = positions;
    this.streams = streams;
    this.shownMax = shownMax;
    this.verdict = verdict;
  }

  /** How many posts all streams have brought, old ones included. */
  long deliveries() {
    return deliveries;
  }

  @Override
  public void accept(Event event) {
    if (event instanceof Event.Delivered e) {
      onReceived(e.stream(), e.author(), e.number(), true);
    } else if (event instanceof Event.Shown e) {
      onReceived(e.stream(), e.author(), e.number(), false);
    } else if (event instanceof Event.Opened e) {
      readers.put(e.stream(), new Reader(streams.stream(e.stream())));
    } else if (event instanceof Event.Committed e) {
      String author = streams.stream(e.stream()).user;
      known.merge(author, positions.of(author, e.number()), Math::max);
    } else if (event instanceof Event.Ended e) {
      onEnded(e);
    } else if (event instanceof Event.Strange e) {
      add(
          Verdict.Fault.INVENTED,
          streams.stream(e.stream()) + " brought what nobody sent: " + e.what());
    } else if (event instanceof Event.Settled) {
      settled = true;
    }
  }

  /** Judges the streams that are still open, as ones that broke. */
  void end() {
    readers.values().forEach(reader -> reader.end(false));
    readers.clear();
  }

  private void onEnded(Event.Ended end) {
    readers.remove(end.stream()).end(end.ok());
    Streams.Stream stream = streams.stream(end.stream());
    if (end.ok() && end.sent() > 0) {
      known.merge(stream.user, positions.of(stream.user, stream.first + end.sent() - 1), Math::max);
    }
  }

  private void onReceived(int stream, String author, int number, boolean live) {
    deliveries++;
    verdict.checked(1);
    readers.get(stream).receive(author, number, live);
  }

  private void add(Verdict.Fault fault, String what) {
    verdict.add(fault, what);
  }

  /** One stream's user. */
  private final class Reader {

    private final Streams.Stream stream;
    private final Timeline timeline;
    private final Run run;
    // Where the last post stands of which anybody knew before this stream was opened.
    private final int knownBefore;
    private int first = NOWHERE;
    private int shown;
    private boolean live;

    Reader(Streams.Stream stream) {
      this.stream = stream;
      Set<String> followees = streams.followees(stream.user);
      this.timeline = new Timeline(log, followees);
      this.run = new Run(log, timeline, stream, verdict);
      this.knownBefore =
          followees.stream()
              .mapToInt(author -> known.getOrDefault(author, NOWHERE))
              .max()
              .orElse(NOWHERE);
    }

    void receive(String author, int number, boolean isLive) {
      String post = "post " + number + " of " + author;
      int position = positions.of(author, number);
      if (streams.of(author, number) == null || !streams.followees(stream.user).contains(author)) {
        add(Verdict.Fault.INVENTED, stream + " brought what was not for it: " + post);
        return;
      }
      if (position == NOWHERE) {
        add(Verdict.Fault.LOST, log.host() + " lacks what " + stream + " brought: " + post);
        return;
      }
      if (isLive && !live) {
        beginLive();
      } else if (!isLive && live) {
        add(Verdict.Fault.REORDERED, stream + " brought an old one after live ones: " + post);
      }
      shown += isLive ? 0 : 1;
      place(position);
      known.merge(author, position, Math::max);
    }

    private void place(int position) {
      if (first == NOWHERE) {
        first = position;
        // Without history before it, the first live post is the first of all.
        if (!live) {
          run.beginAt(position);
        }
      }
      run.take(position);
    }

    private void beginLive() {
      live = true;
      checkHistory();
    }

    private void checkHistory() {
      if (shown > shownMax) {
        add(Verdict.Fault.INVENTED, stream + " showed " + shown + " old posts");
      }
      if (knownBefore > run.last()) {
        add(
            Verdict.Fault.LOST,
            stream
                + " did not show "
                + log.show(knownBefore)
                + ", of which somebody knew before it was opened");
      } else if (first != NOWHERE && shown < shownMax && timeline.next(NOWHERE) < first) {
        add(
            Verdict.Fault.LOST,
            stream + " showed only " + shown + " old posts, though there were more");
      }
    }

    void end(boolean ok) {
      if (ok && settled && !live) {
        checkHistory();
      }
      run.end(ok && settled);
    }
  }
}

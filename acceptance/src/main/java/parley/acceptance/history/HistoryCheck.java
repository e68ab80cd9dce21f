package parley.acceptance.history;

import java.io.IOException;
import java.util.List;

/**
 * Judges a whole history together with the logs that the hosts hold at its end. Whatever it says
 * follows from these alone, so that a history that was kept can be judged again.
 */
public final class HistoryCheck {

  private final int shownMax;

  /**
   * @param shownMax how many old posts a stream brings when it is opened, if there are so many
   */
  public HistoryCheck(int shownMax) {
    this.shownMax = shownMax;
  }

  /**
   * What was found.
   *
   * @param posts how many posts the log holds
   * @param deliveries how many posts all streams brought, old ones included
   * @param streams how many streams there were
   * @param broken how many of them broke, their frontend being killed or out of reach
   * @param notStored how many posts were sent over those that broke and are in no log
   * @param refusals how often a Login was refused
   */
  public record Findings(
      Verdict verdict,
      long posts,
      long deliveries,
      long streams,
      long broken,
      long notStored,
      long refusals) {

    @Override
    public String toString() {
      return String.format(
          "%s%n%,d posts in the log, %,d received over %,d streams; %,d streams of frontends that"
              + " were killed or out of reach broke, and %,d posts that only these held are not"
              + " stored; %d logins were refused",
          verdict, posts, deliveries, streams, broken, notStored, refusals);
    }
  }

  /**
   * Checks everything.
   *
   * @param logs of all hosts, read when all was over
   */
  public Findings check(History history, List<HostLog> logs) throws IOException {
    Verdict verdict = new Verdict();
    Streams streams = new Streams(verdict);
    history.tell(streams);
    streams.end();
    HostLog log = logs.get(0);
    long notStored = new LogCheck(streams, verdict).check(log);
    for (HostLog other : logs.subList(1, logs.size())) {
      compare(log, other, verdict);
    }
    Positions positions = new Positions(log);
    DeliveryCheck deliveries = new DeliveryCheck(log, positions, streams, shownMax, verdict);
    LibraryCheck library = new LibraryCheck(log, positions, streams, verdict);
    history.tell(deliveries.andThen(library));
    deliveries.end();
    List<Streams.Stream> all = streams.all();
    return new Findings(
        verdict,
        log.size(),
        deliveries.deliveries(),
        all.size(),
        all.stream().filter(Streams.Stream::isBroken).count(),
        notStored,
        streams.refusals());
  }

  private static void compare(HostLog one, HostLog other, Verdict verdict) {
    int position = one.differsAt(other);
    if (position >= 0) {
      verdict.add(
          Verdict.Fault.DIVERGED,
          "%s holds %s at %d where %s holds %s (%,d and %,d posts in all)"
              .formatted(
                  other.host(),
                  other.showPlace(position),
                  position + 1,
                  one.host(),
                  one.showPlace(position),
                  other.size(),
                  one.size()));
    }
    verdict.checked(other.size());
  }
}

package parley.acceptance.history;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges one host's log by what was sent: every acknowledged post once, each stream in its order;
 * of a stream that broke, its beginning up to some post, once; nothing else.
 */
final class LogCheck {

  private final Streams streams;
  private final Verdict verdict;

  LogCheck(Streams streams, Verdict verdict) {
    this.streams = streams;
    this.verdict = verdict;
  }

  /** Adds a log's faults to the verdict; answers how many posts of broken streams it lacks. */
  long check(HostLog log) {
    Map<Integer, Present> present = new HashMap<>();
    for (int position = 0; position < log.size(); position++) {
      int number = log.number(position);
      Streams.Stream stream = number < 0 ? null : streams.of(log.author(position), number);
      if (stream == null) {
        add(Verdict.Fault.INVENTED, log, "holds what was never sent: " + shown(log, position));
      } else {
        present
            .computeIfAbsent(stream.id, id -> new Present())
            .take(number - stream.first, log, stream);
      }
    }
    verdict.checked(log.size());
    long lacking = 0;
    for (Streams.Stream stream : streams.all()) {
      lacking += present.getOrDefault(stream.id, new Present()).end(log, stream);
    }
    return lacking;
  }

  private static String shown(HostLog log, int position) {
    return log.number(position) < 0
        ? "by " + log.author(position) + ", such as " + log.strange()
        : log.show(position);
  }

  private void add(Verdict.Fault fault, HostLog log, String what) {
    verdict.add(fault, log.host() + " " + what);
  }

  /** Which posts of one stream a log holds. */
  private final class Present {

    private boolean[] seen = new boolean[64];
    private int highest = -1;
    private int count;

    void take(int place, HostLog log, Streams.Stream stream) {
      if (place >= seen.length) {
        seen = Arrays.copyOf(seen, Math.max(place + 1, seen.length * 2));
      }
      if (seen[place]) {
        add(Verdict.Fault.DOUBLED, log, "holds again " + post(stream, place));
        return;
      }
      if (place < highest) {
        add(
            Verdict.Fault.REORDERED,
            log,
            "holds " + post(stream, place) + " after post " + (stream.first + highest));
      }
      seen[place] = true;
      highest = Math.max(highest, place);
      count++;
    }

    long end(HostLog log, Streams.Stream stream) {
      int due = Math.max(stream.acknowledged(), highest + 1);
      for (int place = 0; place < due; place++) {
        if (place >= seen.length || !seen[place]) {
          String why =
              stream.isAcknowledged(place)
                  ? "acknowledged"
                  : "though it holds later ones of that stream";
          add(Verdict.Fault.LOST, log, "lacks " + post(stream, place) + ", " + why);
        }
      }
      return stream.isBroken() ? stream.sent() - count : 0;
    }

    private String post(Streams.Stream stream, int place) {
      return "post " + (stream.first + place) + " of " + stream;
    }
  }
}

package parley.acceptance.load;

import java.util.ArrayList;
import java.util.List;

/**
 * What a client is.
 *
 * @param home the host whose frontend it uses when it can
 * @param moves whether it logs in through another host when its frontend is gone; else it tries its
 *     own until that is back, as a client does that knows one address
 * @param followees whom it follows
 * @param pace when it posts; {@link Pace#NEVER} for a mere reader
 */
public record Profile(String user, int home, boolean moves, List<String> followees, Pace pace) {

  public Profile {
    followees = List.copyOf(followees);
  }

  boolean posts() {
    return pace != Pace.NEVER;
  }

  /** The same, following one more user if it follows anybody. */
  Profile hearing(String bell) {
    if (followees.isEmpty()) {
      return this;
    }
    List<String> more = new ArrayList<>(followees);
    more.add(bell);
    return new Profile(user, home, moves, more, pace);
  }
}

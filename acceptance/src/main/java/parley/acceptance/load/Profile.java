package parley.acceptance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a user of the load is. */
public sealed interface Profile {

  String user();

  /** Whom it follows. */
  List<String> followees();

  /** When it posts; {@link Pace#NEVER} for a mere reader. */
  Pace pace();

  default boolean posts() {
    return pace() != Pace.NEVER;
  }

  /** The same, following one more user if it follows anybody. */
  Profile hearing(String bell);

  private static List<String> hearing(List<String> followees, String bell) {
    List<String> more = new ArrayList<>(followees);
    if (!more.isEmpty()) {
      more.add(bell);
    }
    return more;
  }

  /**
   * A client as they exist.
   *
   * @param home the host whose frontend it uses when it can
   * @param moves whether it logs in through another host when its frontend is gone; else it tries
   *     its own until that is back, as a client does that knows one address
   */
  record Existing(String user, int home, boolean moves, List<String> followees, Pace pace)
      implements Profile {

    public Existing {
      followees = List.copyOf(followees);
    }

    @Override
    public Existing hearing(String bell) {
      return new Existing(user, home, moves, Profile.hearing(followees, bell), pace);
    }
  }

  /**
   * A user of the library.
   *
   * @param hosts whose frontends it is told of
   */
  record OfLibrary(String user, Set<Integer> hosts, List<String> followees, Pace pace)
      implements Profile {

    public OfLibrary {
      hosts = Set.copyOf(hosts);
      followees = List.copyOf(followees);
    }

    @Override
    public OfLibrary hearing(String bell) {
      return new OfLibrary(user, hosts, Profile.hearing(followees, bell), pace);
    }
  }
}

package parley.acceptance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import parley.acceptance.lab.Hosts;

/**
 * The load by which pauses are measured: at each frontend some writers at an even pace, and two
 * followers of everybody. Half of them move when their frontend is gone.
 */
public record SteadyLoad(int writersPerHost, int postsPerSecondAndHost) {

  private static final int READERS_PER_HOST = 2;

  /**
   * Its clients.
   *
   * @param name what all their names begin with
   */
  public List<Profile> profiles(String name) {
    return profiles(name, List.of());
  }

  /** The same, its readers following some others, too. */
  List<Profile> profiles(String name, List<String> others) {
    long interval = TimeUnit.SECONDS.toNanos(writersPerHost) / postsPerSecondAndHost;
    List<Profile> profiles = new ArrayList<>();
    List<String> writers = new ArrayList<>(others);
    for (int host = 1; host <= Hosts.COUNT; host++) {
      for (int i = 0; i < writersPerHost; i++) {
        String user = name + "w" + host + i;
        writers.add(user);
        profiles.add(new Profile(user, host, i % 2 == 1, List.of(), Pace.every(interval)));
      }
    }
    for (int host = 1; host <= Hosts.COUNT; host++) {
      for (int i = 0; i < READERS_PER_HOST; i++) {
        profiles.add(new Profile(name + "r" + host + i, host, i % 2 == 1, writers, Pace.NEVER));
      }
    }
    return profiles;
  }
}

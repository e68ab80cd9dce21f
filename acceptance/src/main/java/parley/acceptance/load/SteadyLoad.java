package parley.acceptance.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The load by which pauses are measured: at each frontend some writers at an even pace, and two
 * followers of everybody. Half of them move when their frontend is gone. Besides, for each frontend
 * a user of the library, who posts now and then and follows everybody.
 */
public record SteadyLoad(int writersPerHost, int postsPerSecondAndHost) {

  private static final int READERS_PER_HOST = 2;
  private static final int LIBRARY_POSTS_PER_SECOND = 10;
  private static final Set<Integer> ALL = Set.of(1, 2, 3);

  /**
   * Its clients.
   *
   * @param name what all their names begin with
   */
  public List<Profile> profiles(String name) {
    return profiles(name, ALL);
  }

  /** The same, at some hosts only. */
  public List<Profile> profiles(String name, Set<Integer> hosts) {
    return profiles(name, hosts, List.of());
  }

  /** The same, at all hosts, its readers following some others, too. */
  List<Profile> profiles(String name, List<String> others) {
    return profiles(name, ALL, others);
  }

  private List<Profile> profiles(String name, Set<Integer> hosts, List<String> others) {
    long interval = TimeUnit.SECONDS.toNanos(writersPerHost) / postsPerSecondAndHost;
    List<Profile> profiles = new ArrayList<>();
    List<String> writers = new ArrayList<>(others);
    for (int host : new TreeSet<>(hosts)) {
      for (int i = 0; i < writersPerHost; i++) {
        String user = name + "w" + host + i;
        writers.add(user);
        profiles.add(new Profile.Existing(user, host, i % 2 == 1, List.of(), Pace.every(interval)));
      }
    }
    hosts.forEach(host -> writers.add(libraryUser(name, host)));
    for (int host : new TreeSet<>(hosts)) {
      for (int i = 0; i < READERS_PER_HOST; i++) {
        profiles.add(
            new Profile.Existing(name + "r" + host + i, host, i % 2 == 1, writers, Pace.NEVER));
      }
    }
    for (int host : new TreeSet<>(hosts)) {
      profiles.add(ofLibrary(libraryUser(name, host), hosts, writers));
    }
    return profiles;
  }

  private static String libraryUser(String name, int host) {
    return name + "l" + host;
  }

  private static Profile ofLibrary(String user, Set<Integer> hosts, List<String> writers) {
    List<String> others = writers.stream().filter(writer -> !writer.equals(user)).toList();
    long interval = TimeUnit.SECONDS.toNanos(1) / LIBRARY_POSTS_PER_SECOND;
    return new Profile.OfLibrary(user, hosts, others, Pace.every(interval));
  }
}

package parley.acceptance.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parley.acceptance.history.Model;
import parley.acceptance.history.Trace;
import parley.acceptance.lab.Hosts;

/**
 * The load of a campaign: the busiest people of the real trace in their own rhythm, read by those
 * who follow most of them; at each frontend one who posts in bursts, and the writers and readers of
 * a {@link SteadyLoad}, who read everybody.
 *
 * @param bursts where their sizes and times come from
 */
public record MixedLoad(SteadyLoad steady, Random bursts) {

  private static final int TRACE_WRITERS = 24;
  private static final int TRACE_READERS = 12;
  private static final int BURST_POSTS_MAX = 1_000;
  private static final long BURST_REST_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);
  // A day of the trace in some seconds.
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(20) / 86_400.0;
  private static final long GAP_MAX_NANOS = TimeUnit.SECONDS.toNanos(3);

  /**
   * Its clients.
   *
   * @param name what all their names begin with
   */
  public List<Profile> profiles(String name) {
    List<Profile> own = new ArrayList<>();
    own.addAll(fromTrace(name));
    own.addAll(bursts(name));
    List<String> writers =
        own.stream().filter(Profile::posts).map(Profile::user).collect(Collectors.toList());
    List<Profile> all = new ArrayList<>(steady.profiles(name, writers));
    all.addAll(own);
    return all;
  }

  private static List<Profile> fromTrace(String name) {
    Model model = new Model(Trace.ofCollegeMessages());
    List<List<Long>> times = new ArrayList<>();
    IntStream.range(0, model.users()).forEach(user -> times.add(new ArrayList<>()));
    for (int line = 0; line < model.posts(); line++) {
      times.get(model.author(line)).add(model.time(line));
    }
    List<Integer> writers =
        IntStream.range(0, model.users())
            .boxed()
            .sorted(Comparator.comparingInt((Integer user) -> -times.get(user).size()))
            .limit(TRACE_WRITERS)
            .toList();
    List<Profile> profiles = new ArrayList<>();
    for (int writer : writers) {
      long[] own = times.get(writer).stream().mapToLong(Long::longValue).toArray();
      Pace pace = new TracePace(own, NANOS_PER_SECOND, GAP_MAX_NANOS);
      profiles.add(profile(name + model.name(writer), profiles.size(), List.of(), pace));
    }
    for (int reader : readers(model, Set.copyOf(writers))) {
      List<String> followees =
          IntStream.of(model.followees(reader))
              .filter(writers::contains)
              .mapToObj(followee -> name + model.name(followee))
              .toList();
      profiles.add(
          profile(name + "r" + model.name(reader), profiles.size(), followees, Pace.NEVER));
    }
    return profiles;
  }

  private static List<Integer> readers(Model model, Set<Integer> writers) {
    return IntStream.range(0, model.users())
        .boxed()
        .sorted(
            Comparator.comparingLong(
                (Integer user) ->
                    -IntStream.of(model.followees(user)).filter(writers::contains).count()))
        .limit(TRACE_READERS)
        .toList();
  }

  private static Profile profile(String user, int number, List<String> followees, Pace pace) {
    return new Profile.Existing(
        user, number % Hosts.COUNT + 1, number / Hosts.COUNT % 2 == 1, followees, pace);
  }

  private List<Profile> bursts(String name) {
    List<Profile> profiles = new ArrayList<>();
    for (int host = 1; host <= Hosts.COUNT; host++) {
      Pace pace =
          new BurstPace(new Random(bursts.nextLong()), BURST_POSTS_MAX, BURST_REST_MAX_NANOS);
      profiles.add(new Profile.Existing(name + "b" + host, host, host == 1, List.of(), pace));
    }
    return profiles;
  }
}

package parley.client.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The order in which one channel tries frontends: drawn at random for each channel, the same until
 * the channel falls idle. So channels spread evenly over whichever frontends there are, and one
 * that comes back is the first choice of those channels again that chose it before, and of no
 * other.
 *
 * @param seed drawn at random for each channel
 */
record Preference(long seed) {

  List<Frontend> order(List<Frontend> frontends) {
    return frontends.stream()
        .sorted(
            Comparator.comparingLong(this::rank)
                .thenComparing(frontend -> frontend.address().toString()))
        .toList();
  }

  private long rank(Frontend frontend) {
    return new SplittableRandom(seed ^ frontend.address().toString().hashCode()).nextLong();
  }
}

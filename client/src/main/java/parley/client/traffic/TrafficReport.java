package parley.client.traffic;

import java.time.Duration;
import java.util.List;

/**
 * What has come of a plan.
 *
 * @param posts how many posts are safe
 * @param deliveries how many posts were handed to followers, all together
 * @param took from the first post until the last delivery
 * @param commit from when a post was planned until its author knew that it is safe
 * @param delivery from when a post was planned until a follower was handed it
 * @param faultCount how often something was not as promised; 0 if all is well
 * @param faults the first few, in words
 */
public record TrafficReport(
    long posts,
    long deliveries,
    Duration took,
    Latencies commit,
    Latencies delivery,
    long faultCount,
    List<String> faults) {

  public TrafficReport {
    faults = List.copyOf(faults);
  }

  /** Whether everything came to be exactly once and in order. */
  public boolean isSound() {
    return faultCount == 0;
  }
}

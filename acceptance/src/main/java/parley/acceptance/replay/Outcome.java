package parley.acceptance.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.acceptance.history.Verdict;

/**
 * What came of a replay.
 *
 * @param verdict on everything that was received
 * @param stall why not everything arrived, if the replay waited in vain
 * @param storageDifferences posts that differ from the model, over all replicas
 * @param newestDifferences users whose newest posts differ from the model
 */
record Outcome(
    Verdict verdict,
    Meter.Rates rates,
    Optional<String> stall,
    int storageDifferences,
    int newestDifferences) {

  boolean isGood() {
    return verdict.isClean()
        && storageDifferences == 0
        && newestDifferences == 0
        && stall.isEmpty();
  }

  /** For people, a few lines. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        String.format(
            "Whole replay:               %,d posts/s, %,d deliveries/s in %.1f s; longest pause"
                + " %.2f s",
            rates.postsPerSecond(),
            rates.deliveriesPerSecond(),
            rates.time().toMillis() / 1000.0,
            rates.longestPause().toMillis() / 1000.0));
    lines.add(
        String.format(
            "While nothing was killed:   %,d posts/s, %,d deliveries/s in %.1f s; longest pause"
                + " %.2f s",
            rates.quietPostsPerSecond(),
            rates.quietDeliveriesPerSecond(),
            rates.quietTime().toMillis() / 1000.0,
            rates.longestQuietPause().toMillis() / 1000.0));
    lines.add("Received:                   " + verdict);
    lines.add(
        "Stored, by SQL:             " + storageDifferences + " differences in three replicas");
    lines.add("Newest posts, by Chat:      " + newestDifferences + " users with differences");
    verdict.examples().forEach(example -> lines.add("  " + example));
    stall.ifPresent(why -> lines.add("  " + why));
    lines.add(isGood() ? "All is well." : "NOT as it should be.");
    return lines;
  }
}

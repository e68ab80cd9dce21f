package parley.coordinator.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an operator may tune, read from {@code parley.conf}; each key has a default, which {@code
 * zk-conf/parley.conf} shows and explains.
 *
 * @param timelinePort timeline.port: gRPC port of the timeline services
 * @param frontendPort frontend.port: public gRPC port
 * @param webPort web.port: public HTTP port
 * @param nameBytesMax name.bytes.max: longest user name, bytes of UTF-8
 * @param textBytesMax text.bytes.max: longest text of a post, bytes of UTF-8
 * @param batchBytesMax batch.bytes.max: largest batch that one commit carries
 * @param pipelineDepth pipeline.depth: batches that may be in flight at once
 * @param postsUnderWayPerStream posts.under.way.per.stream: unacknowledged posts before a posting
 *     client must wait
 * @param bytesUnderWay bytes.under.way: the same for all streams of a frontend together, in bytes
 * @param historyPosts history.posts: posts shown when a Chat opens
 * @param callWaitMs call.wait.ms: longest that a call, or the opening of a stream, waits for a
 *     primary
 * @param heartbeatMs heartbeat.ms: pause between two heartbeats of a primary
 * @param primarySilentMs primary.silent.ms: silence after which a replica's view of the primary
 *     counts as old
 * @param zooKeeperSessionMs zookeeper.session.ms: time-out of ZooKeeper sessions
 * @param probeMs liveness.probe.ms: pause between two liveness probes of a process
 * @param probesLost liveness.probes.lost: unanswered probes in a row after which a process is
 *     killed and restarted
 * @param restartPauseMaxMs restart.pause.max.ms: longest pause before a process that dies at once
 *     is restarted
 * @param logBytesMax log.bytes.max: size at which a log file is rotated
 * @param logFiles log.files: rotated log files kept per process
 */
public record Settings(
    int timelinePort,
    int frontendPort,
    int webPort,
    int nameBytesMax,
    int textBytesMax,
    int batchBytesMax,
    int pipelineDepth,
    int postsUnderWayPerStream,
    long bytesUnderWay,
    int historyPosts,
    int callWaitMs,
    int heartbeatMs,
    int primarySilentMs,
    int zooKeeperSessionMs,
    int probeMs,
    int probesLost,
    int restartPauseMaxMs,
    int logBytesMax,
    int logFiles) {

  /** The settings of an empty {@code parley.conf}. */
  public static Settings defaults() {
    try {
      return read(KeyValueFile.empty(Path.of("parley.conf")));
    } catch (ConfigException e) {
      throw new AssertionError("the defaults contradict each other", e);
    }
  }

  static Settings read(KeyValueFile file) throws ConfigException {
    Keys keys = new Keys(file);
    Settings settings =
        new Settings(
            keys.number("timeline.port", 3056, 1, 65_535),
            keys.number("frontend.port", 3055, 1, 65_535),
            keys.number("web.port", 8055, 1, 65_535),
            keys.number("name.bytes.max", 64, 1, 1_024),
            keys.number("text.bytes.max", 4_096, 1, 65_536),
            keys.number("batch.bytes.max", 262_144, 4_096, 1_000_000),
            keys.number("pipeline.depth", 8, 1, 64),
            keys.number("posts.under.way.per.stream", 1_024, 1, 100_000),
            keys.bytes("bytes.under.way", 67_108_864, 1_048_576, 1L << 40),
            keys.number("history.posts", 20, 0, 500),
            keys.number("call.wait.ms", 60_000, 1_000, 3_600_000),
            keys.number("heartbeat.ms", 200, 20, 10_000),
            keys.number("primary.silent.ms", 1_000, 100, 60_000),
            keys.number("zookeeper.session.ms", 1_600, 500, 60_000),
            keys.number("liveness.probe.ms", 1_000, 100, 60_000),
            keys.number("liveness.probes.lost", 5, 2, 100),
            keys.number("restart.pause.max.ms", 10_000, 1_000, 600_000),
            keys.number("log.bytes.max", 10_485_760, 65_536, 1 << 30),
            keys.number("log.files", 5, 1, 20));
    keys.refuseOthers();
    settings.refuseContradictions(file);
    return settings;
  }

  private void refuseContradictions(KeyValueFile file) throws ConfigException {
    if (timelinePort == frontendPort || timelinePort == webPort || frontendPort == webPort) {
      throw new ConfigException(
          "%s: timeline.port=%d, frontend.port=%d and web.port=%d must differ; give each its own port."
              .formatted(file.path(), timelinePort, frontendPort, webPort));
    }
    // A post must fit into a batch with its name, its numbers and what else an entry carries.
    if (batchBytesMax < textBytesMax + nameBytesMax + 256) {
      throw new ConfigException(
          "%s: batch.bytes.max=%d is too small for one post; give at least text.bytes.max + name.bytes.max + 256 = %d."
              .formatted(file.path(), batchBytesMax, textBytesMax + nameBytesMax + 256));
    }
    if (primarySilentMs < 2 * heartbeatMs) {
      throw new ConfigException(
          "%s: primary.silent.ms=%d must be at least two heartbeats; give %d or more, or lower heartbeat.ms."
              .formatted(file.path(), primarySilentMs, 2 * heartbeatMs));
    }
  }

  /**
   * Reads numbers and remembers which keys exist, so that a mistyped key is refused, not ignored.
   */
  private static final class Keys {
    private final KeyValueFile file;
    private final Set<String> known = new TreeSet<>();

    Keys(KeyValueFile file) {
      this.file = file;
    }

    int number(String key, int absent, int min, int max) throws ConfigException {
      return (int) bytes(key, absent, min, max);
    }

    long bytes(String key, long absent, long min, long max) throws ConfigException {
      known.add(key);
      return file.number(key, absent, min, max);
    }

    void refuseOthers() throws ConfigException {
      for (Map.Entry<String, String> entry : file.values().entrySet()) {
        if (!known.contains(entry.getKey())) {
          throw file.wrong(
              entry.getKey(),
              "is not a setting; remove the line or use one of: " + String.join(", ", known) + ".");
        }
      }
    }
  }
}

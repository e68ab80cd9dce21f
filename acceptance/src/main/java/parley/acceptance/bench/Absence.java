package parley.acceptance.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.ProcessMemory;
import parley.acceptance.lab.Role;
import parley.acceptance.lab.ScriptRun;
import parley.acceptance.lab.ServiceProcess;
import parley.client.ReplicaStatus;

/**
 * The experiment: while posts go on at full rate, a standby's host is stopped for so many posts,
 * comes back with its disk, is stopped once more, and comes back with an empty one. For one thread.
 */
final class Absence {

  private static final int PIPELINE_SLOTS = 8;
  private static final Duration STALL_MAX = Duration.ofSeconds(90);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** What was posted until the machine is warm. */
  private static final long WARM_UP_POSTS = 1_000_000;

  private final LocalCluster hosts;
  private final int writers;
  private final int textBytes;
  private final long postsAway;
  private final Duration calm;
  private final Patience patience = new Patience(STALL_MAX).lookingEvery(LOOK_EVERY);
  private final List<Stage> stages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<Integer, ReplicaStatus> newest = new HashMap<>();
  private int primary;
  private int away;

  /**
   * @param calm how long to measure while nothing happens
   */
  Absence(LocalCluster hosts, int writers, int textBytes, long postsAway, Duration calm) {
    this.hosts = hosts;
    this.writers = writers;
    this.textBytes = textBytes;
    this.postsAway = postsAway;
    this.calm = calm;
  }

  /** Runs it all; answers whether every replica holds what was posted, once and in order. */
  boolean run() throws Exception {
    say("starting three hosts");
    hosts.start();
    patience.await("all hosts serve", hosts::serving);
    primary = hosts.primary().orElseThrow();
    away = primary == Hosts.COUNT ? Hosts.COUNT - 1 : Hosts.COUNT;
    say("host %d is primary, host %d will be away", primary, away);
    Map<String, Long> posted;
    try (LatencyProbe probe = new LatencyProbe(hosts.frontend(primary));
        SteadyPosts posts = new SteadyPosts(hosts.frontend(primary), writers, textBytes)) {
      awaitPosts(WARM_UP_POSTS);
      stage("three hosts", this::calm);
      hosts.stop(away).orThrow();
      stage("one away", () -> awaitPosts(posts() + postsAway));
      comeBack("catching up");
      stage("caught up", this::calm);
      hosts.stop(away).orThrow();
      hosts.loseDisk(away);
      comeBack("from an empty disk");
      stage("votes again", this::calm);
      say("waiting until all posts are safe");
      posted = posts.finish();
      posted.put(LatencyProbe.AUTHOR, probe.finish());
      stages.replaceAll(
          stage -> stage.withDelays(probe.delaysNanos(stage.startNanos(), stage.endNanos())));
      patience.await("all replicas have applied the same", hosts::level);
    }
    report();
    return allHold(posted);
  }

  private interface Step {
    void run() throws Exception;
  }

  private void calm() {
    long until = System.nanoTime() + calm.toNanos();
    patience.await("time passes", () -> System.nanoTime() - until >= 0, this::posts);
  }

  private void awaitPosts(long posts) {
    patience.await("posts are applied", () -> posts() >= posts, this::posts);
  }

  /** Starts the host that is away and measures until it takes part as the others do. */
  private void comeBack(String name) throws Exception {
    newest.remove(away);
    CompletableFuture<ScriptRun.Result> start =
        CompletableFuture.supplyAsync(() -> unchecked(() -> hosts.start(away)));
    long calledAt = System.nanoTime();
    stage("starting", () -> await("the host answers", () -> status(away).isPresent()));
    long firstSeenAt = System.nanoTime();
    long had = status(away).orElseThrow().posts();
    long lacked = posts() - had;
    stage(name, () -> await("it has caught up", this::hasCaughtUp));
    double seconds = seconds(firstSeenAt);
    long copied = status(away).orElseThrow().posts() - had;
    await("it votes", () -> status(away).orElseThrow().role().equals("standby"));
    notes.add(
        "%s: lacked %,d posts; level %.1f s after it answered (%.1f s after its start was called),"
                .formatted(name, lacked, seconds, seconds(calledAt))
            + " having copied %,d: %,.0f posts/s; a voter after %.1f s"
                .formatted(copied, copied / seconds, seconds(firstSeenAt)));
    say("%s", notes.get(notes.size() - 1));
    start.join().orThrow();
  }

  private boolean hasCaughtUp() throws InterruptedException {
    // Both of one moment: an older answer of the primary would make the other look closer.
    Map<Integer, Long> committedSlots = new HashMap<>();
    look().forEach(replica -> committedSlots.put(replica.host(), replica.committedSlot()));
    return committedSlots.containsKey(primary)
        && committedSlots.containsKey(away)
        && committedSlots.get(primary) - committedSlots.get(away) <= PIPELINE_SLOTS;
  }

  private void await(String what, Callable<Boolean> condition) {
    patience.await(what, condition, () -> newest.containsKey(away) ? newest.get(away).posts() : 0);
  }

  private static <T> T unchecked(Callable<T> call) {
    try {
      return call.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  private void stage(String name, Step step) throws Exception {
    Optional<ServiceProcess> other = hosts.process(Role.TIMELINE_SERVICE, away);
    ServiceProcess leader = hosts.process(Role.TIMELINE_SERVICE, primary).orElseThrow();
    forgetPeak(leader);
    if (other.isPresent()) {
      forgetPeak(other.get());
    }
    long postsBefore = posts();
    long startNanos = System.nanoTime();
    step.run();
    long posts = posts() - postsBefore;
    long endNanos = System.nanoTime();
    Stage.Memory otherMemory = other.isPresent() ? memory(other.get()) : Stage.Memory.NONE;
    stages.add(
        new Stage(name, startNanos, endNanos, posts, new long[0], memory(leader), otherMemory));
    say("%s: %,.0f posts/s", name, stages.get(stages.size() - 1).postsPerSecond());
  }

  private static void forgetPeak(ServiceProcess process) throws IOException {
    new ProcessMemory(process).forgetPeak();
  }

  private static Stage.Memory memory(ServiceProcess process) throws IOException {
    ProcessMemory memory = new ProcessMemory(process);
    return new Stage.Memory(memory.residentPeakKib(), memory.heapKib());
  }

  private List<ReplicaStatus> look() throws InterruptedException {
    List<ReplicaStatus> replicas = hosts.replicas();
    for (ReplicaStatus replica : replicas) {
      newest.put(replica.host(), replica);
      if (replica.serving() && replica.host() != primary) {
        throw new IllegalStateException(
            "host " + replica.host() + " has become primary in the middle of the experiment");
      }
    }
    return replicas;
  }

  private Optional<ReplicaStatus> status(int host) throws InterruptedException {
    look();
    return Optional.ofNullable(newest.get(host));
  }

  private long posts() throws InterruptedException {
    return status(primary).orElseThrow().posts();
  }

  private boolean allHold(Map<String, Long> posted) throws InterruptedException {
    long commands = status(primary).orElseThrow().appliedIndex();
    boolean good = true;
    String digest = null;
    for (int host = 1; host <= Hosts.COUNT; host++) {
      AppliedTimeline timeline = AppliedTimeline.read(hosts.timelineService(host), commands);
      digest = digest == null ? timeline.digest() : digest;
      boolean same =
          timeline.digest().equals(digest)
              && timeline.posts().equals(posted)
              && timeline.strange() == 0;
      good &= same;
      System.out.printf(
          "host %d holds %,d commands, %s..., each author's posts once and in order: %s%n",
          host, timeline.commands(), timeline.digest().substring(0, 12), same ? "yes" : "NO");
    }
    return good;
  }

  private void report() throws IOException {
    String[] load = Files.readString(Path.of("/proc/loadavg")).split(" ");
    System.out.printf("load average of the last 5 and 15 minutes: %s, %s%n", load[1], load[2]);
    System.out.println(Stage.header());
    stages.forEach(stage -> System.out.println(stage.row(stages.get(0))));
    notes.forEach(System.out::println);
  }

  private static double seconds(long sinceNanos) {
    return (System.nanoTime() - sinceNanos) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}

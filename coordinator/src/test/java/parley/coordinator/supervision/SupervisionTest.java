package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promises of supervision, kept by real processes. */
class SupervisionTest {
  @TempDir Path folder;

  @Test
  void killedProcessIsBackAndItsDeathWasToldBefore() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      long killed = host.awaitAlive(Role.TIMELINE_SERVICE);
      host.signal(killed, "KILL");

      long next = host.awaitOtherThan(Role.TIMELINE_SERVICE, killed);

      assertThat(host.log(Role.COORDINATOR))
          .containsSubsequence(
              "death of timeline-service heard", "Started the timeline-service, pid " + next);
    }
  }

  /**
   * sched(7): not every kernel has autogroups, and others than root may not change them at once.
   */
  @Test
  void processGivesWayToOthersOnlyUntilItServes() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/autogroup")));
    assumeTrue(System.getProperty("user.name").equals("root"));
    try (HostUnderTest host = new HostUnderTest(folder, 1)) {
      Path waits = host.fault(StandIns.WAITS, Role.FRONTEND);
      Files.createFile(waits);
      Launch launch = host.start(Role.FRONTEND);
      assertThat(launch).isInstanceOf(Launch.Started.class);
      long pid = ((Launch.Started) launch).pid();

      assertThat(autogroup(pid)).endsWith("nice 10\n");

      Files.delete(waits);
      await().atMost(HostUnderTest.PATIENCE).until(() -> autogroup(pid).endsWith("nice 0\n"));
    }
  }

  private static String autogroup(long pid) throws IOException {
    return Files.readString(Path.of("/proc/" + pid + "/autogroup"));
  }

  @Test
  void stoppedProcessIsKilledAndReplaced() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      long stopped = host.awaitAlive(Role.FRONTEND);
      host.signal(stopped, "STOP");

      host.awaitOtherThan(Role.FRONTEND, stopped);

      assertThat(ProcessTable.isProcessOf(stopped, host.files(Role.FRONTEND).lock())).isFalse();
      assertThat(host.log(Role.COORDINATOR)).contains("is hung: it has lost 6 probes in a row");
    }
  }

  @Test
  void stoppedCoordinatorIsReplacedByTheTimelineService() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      long stopped = host.awaitAlive(Role.COORDINATOR);
      host.signal(stopped, "STOP");

      long next = host.awaitOtherThan(Role.COORDINATOR, stopped);

      assertThat(host.log(Role.TIMELINE_SERVICE)).contains("Started the coordinator, pid " + next);
    }
  }

  @Test
  void coordinatorAndTimelineServiceKilledTogetherAreBack() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      long coordinator = host.awaitAlive(Role.COORDINATOR);
      long timelineService = host.awaitAlive(Role.TIMELINE_SERVICE);
      long frontend = host.awaitAlive(Role.FRONTEND);
      // What is stopped heals nobody meanwhile: both are gone at once.
      host.signal(timelineService, "STOP");
      host.signal(coordinator, "KILL");
      host.signal(timelineService, "KILL");

      host.awaitOtherThan(Role.COORDINATOR, coordinator);
      host.awaitOtherThan(Role.TIMELINE_SERVICE, timelineService);

      assertThat(host.pids(Role.FRONTEND)).containsExactly(frontend);
      assertThat(host.log(Role.FRONTEND)).contains("Started the coordinator, pid");
      assertThat(host.log(Role.FRONTEND)).doesNotContain("Started the timeline-service");
    }
  }

  @Test
  void frontendLeavesTheCoordinatorToALivingTimelineService() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      for (int i = 0; i < 2; i++) {
        long killed = host.awaitAlive(Role.COORDINATOR);
        host.signal(killed, "KILL");
        host.awaitOtherThan(Role.COORDINATOR, killed);
      }

      assertThat(host.log(Role.FRONTEND)).doesNotContain("Restarting");
    }
  }

  @Test
  void manyHealersStartOneCopy() throws Exception {
    int healers = 6;
    ExecutorService threads = Executors.newFixedThreadPool(healers);
    try (HostUnderTest host =
        new HostUnderTest(folder, 1).withFault(StandIns.ALONE, Role.FRONTEND)) {
      for (int round = 0; round < 3; round++) {
        List<Future<Launch>> launches = new ArrayList<>();
        for (int i = 0; i < healers; i++) {
          launches.add(threads.submit(() -> host.start(Role.FRONTEND)));
        }
        long started = 0;
        for (Future<Launch> launch : launches) {
          Launch result = launch.get();
          assertThat(result).isInstanceOfAny(Launch.Started.class, Launch.Running.class);
          started += result instanceof Launch.Started ? 1 : 0;
        }
        assertThat(started).isEqualTo(1);
        assertThat(host.pids(Role.FRONTEND)).hasSize(1);
        host.signal(host.pids(Role.FRONTEND).get(0), "KILL");
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void startCommandDuringARepairMakesNoSecondCopy() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      long killed = host.awaitAlive(Role.TIMELINE_SERVICE);
      host.signal(killed, "KILL");
      host.start(Role.TIMELINE_SERVICE);

      long next = host.awaitOtherThan(Role.TIMELINE_SERVICE, killed);

      assertThat(host.pids(Role.TIMELINE_SERVICE)).containsExactly(next);
      // The coordinator may have come too late to take any part, but once it heals again it is done
      // with the first repair, and a second copy made in it would still be there.
      host.signal(next, "KILL");
      long healed = host.awaitOtherThan(Role.TIMELINE_SERVICE, next);
      assertThat(host.log(Role.COORDINATOR))
          .contains("Started the timeline-service, pid " + healed);
      assertThat(host.pids(Role.TIMELINE_SERVICE)).containsExactly(healed);
    }
  }

  @Test
  void whatDiesAtOnceIsRestartedWithPausesAndTheLogSaysWhy() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      host.withFault(StandIns.DIES, Role.TIMELINE_SERVICE);
      host.signal(host.awaitAlive(Role.TIMELINE_SERVICE), "KILL");

      await("pauses have begun")
          .atMost(HostUnderTest.PATIENCE)
          .until(() -> host.log(Role.COORDINATOR).contains(" Restarting it in "));
      assertThat(host.log(Role.COORDINATOR))
          .contains("Its last words: timeline-service: told to die");

      Files.delete(host.fault(StandIns.DIES, Role.TIMELINE_SERVICE));
      host.awaitAlive(Role.TIMELINE_SERVICE);
    }
  }

  @Test
  void twoThatHealEachOtherAndDieAtOnceAreRestartedWithPausesToo() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      host.withFault(StandIns.DIES_HAVING_HEALED, Role.COORDINATOR);
      host.withFault(StandIns.DIES_HAVING_HEALED, Role.TIMELINE_SERVICE);
      host.signal(host.awaitAlive(Role.TIMELINE_SERVICE), "KILL");
      host.signal(host.awaitAlive(Role.COORDINATOR), "KILL");

      // Each coordinator sees one death only. (The other one may be healed by the frontend.)
      await("pauses have begun")
          .atMost(HostUnderTest.PATIENCE)
          .until(() -> host.log(Role.COORDINATOR).contains(" Restarting it in "));

      Files.delete(host.fault(StandIns.DIES_HAVING_HEALED, Role.COORDINATOR));
      Files.delete(host.fault(StandIns.DIES_HAVING_HEALED, Role.TIMELINE_SERVICE));
      host.awaitAlive(Role.COORDINATOR);
      host.awaitAlive(Role.TIMELINE_SERVICE);
    }
  }

  @Test
  void watcherThatWasItselfStoppedKillsNobody() throws Exception {
    try (HostUnderTest host =
        new HostUnderTest(folder, 1)
            .withFault(StandIns.ALONE, Role.TIMELINE_SERVICE)
            .withFault(StandIns.ALONE, Role.FRONTEND)
            .startAll()) {
      long watcher = host.awaitAlive(Role.COORDINATOR);
      long watched = host.awaitAlive(Role.TIMELINE_SERVICE);
      Duration longerThanAllProbes = Duration.ofSeconds(5);

      host.signal(watched, "STOP");
      host.signal(watcher, "STOP");
      await().pollDelay(longerThanAllProbes).until(() -> true);
      host.signal(watcher, "CONT");
      host.signal(watched, "CONT");

      // The watcher has gone around since when it restarts something else.
      long killed = host.awaitAlive(Role.FRONTEND);
      host.signal(killed, "KILL");
      host.awaitOtherThan(Role.FRONTEND, killed);
      assertThat(host.pids(Role.TIMELINE_SERVICE)).containsExactly(watched);
      assertThat(host.log(Role.COORDINATOR)).doesNotContain("is hung");
    }
  }

  @Test
  void processWithAStalePidIsLeftAlone() throws Exception {
    Process innocent = new ProcessBuilder("sleep", "60").start();
    try (HostUnderTest host =
        new HostUnderTest(folder, 1).withFault(StandIns.ALONE, Role.FRONTEND)) {
      new LifeLineInfo(innocent.pid(), 1).write(host.files(Role.FRONTEND).info());

      assertThat(host.replace(Role.FRONTEND, innocent.pid())).isInstanceOf(Launch.Started.class);
      long started = host.awaitAlive(Role.FRONTEND);
      assertThat(host.replace(Role.FRONTEND, innocent.pid()))
          .isEqualTo(new Launch.Running(started));
      host.stop();

      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  @Test
  void childrenOfAProcessDoNotKeepItsLock() throws Exception {
    try (HostUnderTest host =
        new HostUnderTest(folder, 1)
            .withFault(StandIns.ALONE, Role.FRONTEND)
            .withFault(StandIns.PARENT, Role.FRONTEND)) {
      host.start(Role.FRONTEND);
      long parent = host.awaitAlive(Role.FRONTEND);
      String pid =
          await()
              .atMost(HostUnderTest.PATIENCE)
              .until(
                  () -> Files.readString(host.fault(StandIns.PARENT, Role.FRONTEND)),
                  text -> !text.isEmpty());
      ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      try {
        Files.delete(host.fault(StandIns.PARENT, Role.FRONTEND));
        host.signal(parent, "KILL");
        await("the lock is free once the killed parent has ended")
            .atMost(HostUnderTest.PATIENCE)
            .until(() -> host.start(Role.FRONTEND) instanceof Launch.Started);
        assertThat(child.isAlive()).isTrue();
      } finally {
        child.destroyForcibly();
      }
    }
  }

  @Test
  void stopEndsOneHostOfADataFolderForGood() throws Exception {
    try (HostUnderTest first = new HostUnderTest(folder, 1).startAll();
        HostUnderTest second = new HostUnderTest(folder, 2).startAll()) {
      List<Long> others = new ArrayList<>();
      for (Role role : Role.values()) {
        others.addAll(second.pids(role));
      }

      assertThat(first.stop()).contains("coordinator", "timeline-service", "frontend");

      // Whoever was about to heal gets the start lock now, and must find itself ended.
      assertThat(first.stop()).contains("nothing ran");
      for (Role role : Role.values()) {
        assertThat(first.pids(role)).isEmpty();
        others.removeAll(second.pids(role));
      }
      assertThat(others).isEmpty();
    }
  }

  @Test
  void stopEndsWhatIsHungToo() throws Exception {
    try (HostUnderTest host = new HostUnderTest(folder, 1).startAll()) {
      for (Role role : Role.values()) {
        host.signal(host.awaitAlive(role), "STOP");
      }

      assertThat(host.stop()).contains("coordinator", "timeline-service", "frontend");

      for (Role role : Role.values()) {
        assertThat(host.pids(role)).isEmpty();
      }
    }
  }
}

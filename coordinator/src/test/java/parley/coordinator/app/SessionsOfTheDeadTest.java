package parley.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.coordinator.cluster.HostFolder;
import parley.coordinator.supervision.Role;
import parley.coordinator.testing.TestEnsemble;
import parley.coordinator.zookeeper.Service;
import parley.coordinator.zookeeper.Session;
import parley.coordinator.zookeeper.SessionFile;
import parley.coordinator.zookeeper.ZooKeeperClient;

@SuppressWarnings("try") // A client only has to be there.
class SessionsOfTheDeadTest {
  /** Longer than the test: no session ends by itself. */
  private static final int SESSION_MS = 60_000;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void deathEndsTheSessionOfThatServiceAlone() throws Exception {
    try (TestEnsemble ensemble = TestEnsemble.of(folder, 3, SESSION_MS).startAll()) {
      HostFolder host = ensemble.folder(1);
      SessionFile timelineService = SessionFile.of(host, Service.TIMELINE_SERVICE);
      SessionFile frontend = SessionFile.of(host, Service.FRONTEND);
      try (ZooKeeperClient first = client(ensemble, timelineService);
          ZooKeeperClient second = client(ensemble, frontend)) {
        Session dead =
            await().atMost(PATIENCE).until(timelineService::read, Optional::isPresent).get();
        Session living = await().atMost(PATIENCE).until(frontend::read, Optional::isPresent).get();

        new SessionsOfTheDead(ensemble.config(), host).onDeath(Role.TIMELINE_SERVICE);

        // The client, which is not dead at all, finds its session ended and takes another one.
        await()
            .atMost(PATIENCE)
            .until(timelineService::read, next -> !next.equals(Optional.of(dead)));
        assertThat(frontend.read()).contains(living);
      }
    }
  }

  @Test
  void deathOfWhatNeverHadASessionIsNothing() throws Exception {
    TestEnsemble ensemble = TestEnsemble.of(folder, 1, SESSION_MS);
    SessionsOfTheDead sessions = new SessionsOfTheDead(ensemble.config(), ensemble.folder(1));
    assertThatCode(() -> sessions.onDeath(Role.FRONTEND)).doesNotThrowAnyException();
  }

  private static ZooKeeperClient client(TestEnsemble ensemble, SessionFile file) {
    ZooKeeperClient client = new ZooKeeperClient(ensemble.config(), file, why -> {});
    client.start();
    return client;
  }
}

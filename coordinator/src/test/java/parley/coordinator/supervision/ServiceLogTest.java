package parley.coordinator.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.curator.CuratorConnectionLossException;
import org.apache.zookeeper.KeeperException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceLogTest {
  private final Properties before = new Properties();
  private final LoggerContext logging = new LoggerContext();

  @TempDir Path folder;

  @BeforeEach
  void rememberPropertiesAndSetUpLogging() {
    before.putAll(System.getProperties());
    logging.setMDCAdapter(new LogbackMDCAdapter());
  }

  @AfterEach
  void putThePropertiesBack() {
    logging.stop();
    System.setProperties(before);
  }

  @Test
  void aServiceWritesItsFile() throws Exception {
    Path file = beAService();

    assertEquals(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY, new ServiceLog().configure(logging));
    logging.getLogger("anybody").info("It serves.");

    String written = Files.readString(file);
    assertTrue(written.endsWith("It serves.\n"), written);
  }

  @Test
  void attemptsToConnectAreNotLoggedOneByOneButWhatElseZooKeeperHasToSayIs() throws Exception {
    Path file = beAService();
    new ServiceLog().configure(logging);

    logging.getLogger("org.apache.zookeeper.ClientCnxnSocketNIO").error("Unable to open socket");
    logging.getLogger("org.apache.zookeeper.server.quorum.LearnerHandler").error("Unexpected");
    Logger learner = logging.getLogger("org.apache.zookeeper.server.quorum.Learner");
    learner.error("Failed connect to /10.0.0.1:2888", new ConnectException("Connection refused"));
    learner.error("Not able to truncate the log 0x{}", "17");
    logging.getLogger("org.apache.curator.ConnectionState").warn("Session expired");
    logging.getLogger("org.apache.zookeeper.server.ZooKeeperServer").error("Severe.");

    String written = Files.readString(file);
    assertTrue(written.lines().findFirst().orElse("").endsWith("truncate the log 0x17"), written);
    assertTrue(written.endsWith("Severe.\n") && written.lines().count() == 2, written);
  }

  @Test
  void callsWithoutAnAnswerAreNotLoggedButRefusedOnesAre() throws Exception {
    Path file = beAService();
    new ServiceLog().configure(logging);

    Logger curator = logging.getLogger("org.apache.curator.framework.imps.CuratorFrameworkImpl");
    curator.error("Background retry gave up", new CuratorConnectionLossException());
    curator.error("Background retry gave up", new KeeperException.SessionExpiredException());
    Logger latch = logging.getLogger("org.apache.curator.framework.recipes.leader.LeaderLatch");
    latch.error("[id={}] failed to find our node; resetting (index: {})", "3", -1);
    curator.error("Refused", new KeeperException.NoAuthException());
    latch.error("An error occurred checking leadership.");

    List<String> errors =
        Files.readAllLines(file).stream().filter(line -> line.contains(" ERROR ")).toList();
    assertEquals(2, errors.size(), errors::toString);
    assertTrue(errors.get(0).endsWith("Refused"), errors::toString);
    assertTrue(errors.get(1).endsWith("checking leadership."), errors::toString);
  }

  @Test
  void aCommandIsLeftToItsOwnConfiguration() {
    System.clearProperty("parley.log.file");

    assertEquals(ExecutionStatus.INVOKE_NEXT_IF_ANY, new ServiceLog().configure(logging));
  }

  private Path beAService() {
    Path file = folder.resolve("service.log");
    System.setProperty("parley.log.file", file.toString());
    System.setProperty("parley.log.bytes.max", "100000");
    System.setProperty("parley.log.files", "2");
    return file;
  }

  @Test
  void aBoundThatIsMissingOrNoNumberIsNamed() {
    System.setProperty("parley.log.file", folder.resolve("service.log").toString());
    System.clearProperty("parley.log.files");
    assertRefused("parley.log.files", "not given");

    System.setProperty("parley.log.files", "2");
    System.setProperty("parley.log.bytes.max", "much");
    assertRefused("parley.log.bytes.max", "much");
  }

  private void assertRefused(String property, String given) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new ServiceLog().configure(logging))
            .getMessage();
    assertTrue(message.contains("-D" + property + " ") && message.contains(given), message);
  }
}

package parley.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files in {@code zk-conf/} are the documentation of the settings, so they must say what the
 * code does.
 */
class ShippedConfigurationTest {
  private static final Path ZK_CONF = Path.of("..", "zk-conf");

  @Test
  void parleyConfShowsEachKeyWithItsDefault() throws Exception {
    assertThat(ClusterConfig.load(ZK_CONF).settings()).isEqualTo(Settings.defaults());
    // Unknown keys are refused, so as many lines as settings means: every key is there.
    assertThat(KeyValueFile.read(ZK_CONF.resolve("parley.conf")).values())
        .hasSize(Settings.class.getRecordComponents().length);
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "local"})
  void zooCfgShowsTheDefaults(String conf, @TempDir Path bare) throws Exception {
    Map<String, String> shipped = ClusterConfig.load(ZK_CONF.resolve(conf)).zooKeeperProperties();
    Files.writeString(bare.resolve("zoo.cfg"), "server.1=192.0.2.1:2888:3888\n");
    Map<String, String> defaults = ClusterConfig.load(bare).zooKeeperProperties();
    assertThat(defaults.keySet()).contains("tickTime", "syncLimit");
    defaults.forEach(
        (key, value) -> {
          if (!key.startsWith("server.")) {
            assertThat(shipped).containsEntry(key, value);
          }
        });
  }

  @Test
  void localHostsAreThreeLoopbackAddresses() throws Exception {
    List<String> addresses =
        ClusterConfig.load(ZK_CONF.resolve("local")).hosts().values().stream()
            .map(Host::address)
            .collect(Collectors.toList());
    assertThat(addresses).containsExactly("127.0.0.1", "127.0.0.2", "127.0.0.3");
  }
}

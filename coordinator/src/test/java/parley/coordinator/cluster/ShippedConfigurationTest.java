package parley.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files in {@code zk-conf/} are the documentation of the settings, so they must say what the
 * code does.
 */
class ShippedConfigurationTest {
  private static final Path ZK_CONF = Path.of("..", "zk-conf");

  @ParameterizedTest
  @ValueSource(strings = {".", "local"})
  void parleyConfShowsEachKeyWithItsDefault(String folder) throws Exception {
    Path path = ZK_CONF.resolve(folder).normalize();
    assertThat(ClusterConfig.load(path).settings()).isEqualTo(Settings.defaults());
    // Unknown keys are refused, so as many lines as settings means: every key is there.
    assertThat(KeyValueFile.read(path.resolve("parley.conf")).values())
        .hasSize(Settings.class.getRecordComponents().length);
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

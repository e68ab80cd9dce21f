package parley.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterConfigTest {
  private static final String THREE_HOSTS =
      """
      server.1=192.0.2.1:2888:3888
      server.2=192.0.2.2:2888:3888
      server.3=192.0.2.3:2888:3888
      """;

  @TempDir private Path folder;

  @BeforeEach
  void writeThreeHosts() throws IOException {
    zooCfg(THREE_HOSTS);
  }

  @Test
  void hostsComeFromTheServerLinesAndDefaultsFillTheRest() throws Exception {
    ClusterConfig config = ClusterConfig.load(folder);

    assertThat(config.hosts().values())
        .containsExactly(
            new Host(1, "192.0.2.1"), new Host(2, "192.0.2.2"), new Host(3, "192.0.2.3"));
    assertThat(config.zooKeeperConnectString())
        .isEqualTo("192.0.2.1:2181,192.0.2.2:2181,192.0.2.3:2181");
    assertThat(config.settings()).isEqualTo(Settings.defaults());
    assertThat(config.zooKeeperProperties())
        .containsEntry("tickTime", "200")
        .containsEntry("maxSessionTimeout", "60000")
        .containsEntry("server.2", "192.0.2.2:2888:3888");
  }

  @Test
  void keysOfBothFilesReplaceTheDefaults() throws Exception {
    zooCfg(THREE_HOSTS + "clientPort=12181\ntickTime=300\nsnapCount=5000\n");
    parleyConf("frontend.port = 4055\nbytes.under.way=1048576\n");

    ClusterConfig config = ClusterConfig.load(folder);

    assertThat(config.zooKeeperConnectString()).startsWith("192.0.2.1:12181,");
    assertThat(config.zooKeeperProperties())
        .containsEntry("tickTime", "300")
        .containsEntry("snapCount", "5000");
    assertThat(config.settings().frontendPort()).isEqualTo(4055);
    assertThat(config.settings().bytesUnderWay()).isEqualTo(1_048_576);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          frontend.prot=1           | parley.conf: frontend.prot=1 is not a setting; remove the line or use one of: batch.bytes.max,
          frontend.port=abc         | parley.conf: frontend.port=abc is not a whole number; give one from 1 to 65535.
          frontend.port=70000       | parley.conf: frontend.port=70000 is out of range; give a whole number from 1 to 65535.
          frontend.port=            | parley.conf: frontend.port= is not a whole number
          frontend.port=3056        | parley.conf: timeline.port=3056, frontend.port=3056 and web.port=8055 must differ
          batch.bytes.max=4096      | parley.conf: batch.bytes.max=4096 is too small for one post
          heartbeat.ms=600          | parley.conf: primary.silent.ms=1000 must be at least two heartbeats; give 1200 or more
          zookeeper.session.ms=60001 | parley.conf: zookeeper.session.ms=60001 is out of range
          web.port=\\u12            | parley.conf: Malformed
          """)
  void wrongLineInParleyConfIsNamedInOneLine(String line, String message) throws IOException {
    parleyConf(line + "\n");
    assertRefusedInOneLine(message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          server.4=192.0.2.4             | zoo.cfg: server.4=192.0.2.4 is not a name or IPv4 address with two ports; write server.N=ADDRESS:2888:3888.
          server.4=192.0.2.4:2888:99999  | zoo.cfg: server.4=192.0.2.4:2888:99999 has no usable port 99999
          server.x=192.0.2.4:2888:3888   | zoo.cfg: server.x=192.0.2.4:2888:3888 has no usable host number
          server.256=192.0.2.4:2888:3888 | zoo.cfg: server.256=192.0.2.4:2888:3888 has no usable host number
          server.01=192.0.2.4:2888:3888  | names host 1 again; keep one of the lines.
          server.4=192.0.2.1:2888:3888   | zoo.cfg: server.4=192.0.2.1:2888:3888 has the address of server.1; give each host its own address.
          server.1=192.0.2.9:2888:3888   | zoo.cfg: server.1 is given more than once; keep one of the lines.
          tickTime=fast                  | zoo.cfg: tickTime=fast is not a whole number
          maxSessionTimeout=1000         | zoo.cfg: minSessionTimeout=500 and maxSessionTimeout=1000 must enclose zookeeper.session.ms=1600
          """)
  void wrongLineInZooCfgIsNamedInOneLine(String line, String message) throws IOException {
    zooCfg(THREE_HOSTS + line + "\n");
    assertRefusedInOneLine(message);
  }

  @Test
  void missingFolderFileAndHostsAreNamed() throws IOException {
    assertThatThrownBy(() -> ClusterConfig.load(folder.resolve("absent")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("absent: no such folder; pass --conf DIR");
    zooCfg("tickTime=200\n");
    assertRefusedInOneLine("zoo.cfg: names no hosts; for each of them write server.N=");
    Files.delete(folder.resolve("zoo.cfg"));
    assertRefusedInOneLine("zoo.cfg: no such file; pass --conf DIR");
  }

  @Test
  void fileThatIsNotTextIsRefused() throws IOException {
    Files.write(folder.resolve("parley.conf"), new byte[] {'a', (byte) 0xff, (byte) 0xfe});
    assertRefusedInOneLine("parley.conf: not a text file in UTF-8");
  }

  @Test
  void hostThatIsNotInZooCfgIsRefused() throws Exception {
    ClusterConfig config = ClusterConfig.load(folder);
    assertThat(config.host(2)).isEqualTo(new Host(2, "192.0.2.2"));
    assertThatThrownBy(() -> config.host(7))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("zoo.cfg: no host 7; pass one of its hosts: --host 1, 2, 3");
  }

  @Test
  void thisMachineIsTheHostWithOneOfItsAddresses() throws Exception {
    ClusterConfig config = ClusterConfig.load(folder);

    assertThat(config.localHost(own("192.0.2.3", "10.0.0.1")).id()).isEqualTo(3);
    assertThatThrownBy(() -> config.localHost(own("10.0.0.1")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none of its hosts (192.0.2.1, 192.0.2.2, 192.0.2.3)")
        .hasMessageEndingWith("or pass --host N.");
    assertThatThrownBy(() -> config.localHost(own("192.0.2.1", "192.0.2.2")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("hosts 1, 2 all have addresses of this machine")
        .hasMessageEndingWith("--host N.");
  }

  @Test
  void severalLoopbackHostsAreAllThisMachine() throws Exception {
    zooCfg("server.1=127.0.0.1:2888:3888\nserver.2=127.0.0.2:2888:3888\n");
    ClusterConfig config = ClusterConfig.load(folder);
    assertThatThrownBy(config::localHost)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("hosts 1, 2 all have addresses of this machine");
  }

  private static Predicate<InetAddress> own(String... addresses) {
    Set<String> own = Set.of(addresses);
    return address -> own.contains(address.getHostAddress());
  }

  private void assertRefusedInOneLine(String message) {
    assertThatThrownBy(() -> ClusterConfig.load(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage().lines().collect(Collectors.toList())).hasSize(1));
  }

  private void zooCfg(String text) throws IOException {
    Files.writeString(folder.resolve("zoo.cfg"), text);
  }

  private void parleyConf(String text) throws IOException {
    Files.writeString(folder.resolve("parley.conf"), text);
  }
}

package parley.coordinator.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostArgumentsTest {
  @TempDir Path home;

  @BeforeEach
  void configuration() throws Exception {
    home = home.toRealPath();
    Files.createDirectory(home.resolve("zk-conf"));
    Files.writeString(
        home.resolve("zk-conf").resolve("zoo.cfg"),
        "server.1=192.0.2.1:2888:3888\nserver.7=127.0.0.7:2888:3888\n");
  }

  @Test
  void defaultsComeFromTheHomeAndTheMachine() throws Exception {
    assertThat(HostArguments.parse(home, new String[0]))
        .isEqualTo(new HostArguments(home.resolve("zk-conf"), 7, home.resolve("data")));
  }

  @Test
  void optionsReadBackAreTheSame() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("link"), home.resolve("zk-conf"));
    HostArguments arguments = HostArguments.parse(home, "--host", "1", "--conf", link.toString());

    assertThat(arguments.conf()).isEqualTo(home.resolve("zk-conf"));
    assertThat(HostArguments.parse(arguments.toOptions().toArray(String[]::new)))
        .isEqualTo(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "--port 1, unknown option --port",
    "--host, --host needs a value",
    "--host one, --host one is not a host's number",
    "--host 1 --host 2, --host is given twice",
    "--host 1 --conf /no/such/folder, --conf /no/such/folder: no such folder"
  })
  void whatCannotBeUsedIsOneClearLine(String arguments, String message) {
    assertThatThrownBy(() -> HostArguments.parse(home, arguments.split(" ")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void servicesNeedAllOptions() {
    assertThatThrownBy(() -> HostArguments.parse("--host", "1"))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("--conf is missing");
  }
}

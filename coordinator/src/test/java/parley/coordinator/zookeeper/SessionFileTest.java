package parley.coordinator.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.coordinator.cluster.HostFolder;

class SessionFileTest {
  @TempDir private Path data;
  private SessionFile file;

  @BeforeEach
  void create() throws Exception {
    HostFolder folder = HostFolder.of(data, 1);
    folder.create();
    file = SessionFile.of(folder, Service.TIMELINE_SERVICE);
  }

  @Test
  void lastSessionWrittenIsReadBack() throws Exception {
    assertThat(file.read()).isEmpty();
    file.write(Session.of(-2, new byte[] {1}));
    Session session = Session.of(0x1000_0000_0001L, new byte[] {0, -1, 16});
    file.write(session);
    assertThat(file.read()).contains(session);
    assertThat(file.read().orElseThrow().password()).containsExactly(0, -1, 16);
  }

  @Test
  void onlyItsOwnerMayReadIt() throws Exception {
    file.write(Session.of(1, new byte[16]));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
        .isEqualTo("rw-------");
    assertThat(file.path()).isEqualTo(data.resolve("host1/run/timeline-service.session"));
  }

  @Test
  void damagedFileCountsAsNone() throws Exception {
    for (String damaged : new String[] {"", "12\n", "12\nxyz\n", "what\n00\n"}) {
      Files.writeString(file.path(), damaged);
      assertThat(file.read()).as(damaged).isEmpty();
    }
  }

  @Test
  void passwordIsNotInTheTextForLogs() {
    assertThat(Session.of(255, new byte[] {0x12, 0x34})).hasToString("0xff");
  }
}

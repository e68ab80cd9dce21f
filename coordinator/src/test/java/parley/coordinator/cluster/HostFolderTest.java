package parley.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFolderTest {
  @Test
  void runFolderIsForItsOwnerAloneAndOtherHostsHaveTheirOwn(@TempDir Path data) throws Exception {
    HostFolder folder = HostFolder.of(data, 2);
    folder.create();
    folder.create();

    assertThat(folder.run()).isEqualTo(data.resolve("host2").resolve("run"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.run())))
        .isEqualTo("rwx------");
    assertThat(folder.log()).isDirectory();
    assertThat(folder.zooKeeper()).doesNotExist();
  }
}

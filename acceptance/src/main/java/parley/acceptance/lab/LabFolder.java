package parley.acceptance.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a laboratory keeps everything that it writes. */
record LabFolder(Path path) {

  /** A new one, with all its folders. */
  static LabFolder create() throws IOException {
    LabFolder folder = new LabFolder(Files.createTempDirectory("parley-lab").toRealPath());
    Files.createDirectories(folder.conf());
    Files.createDirectories(folder.path.resolve("clocks"));
    Files.createDirectories(folder.scripts());
    for (int host = 1; host <= Hosts.COUNT; host++) {
      Files.createDirectories(folder.data(host));
    }
    return folder;
  }

  /** The configuration folder of all hosts. */
  Path conf() {
    return path.resolve("conf");
  }

  /** A host's data folder: a folder for each, since a disk is one host's. */
  Path data(int host) {
    return path.resolve("data" + host);
  }

  /** The file that says how wrong a host's clock is. */
  Path clock(int host) {
    return path.resolve("clocks").resolve("host" + host);
  }

  /** What scripts have said. */
  Path scripts() {
    return path.resolve("scripts");
  }
}

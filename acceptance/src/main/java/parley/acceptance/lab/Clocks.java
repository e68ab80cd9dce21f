package parley.acceptance.lab;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives each host a wall clock that can be set while its processes run, by libfaketime; what its
 * processes start inherits it. Their monotonic clocks go on as they are.
 */
public final class Clocks {

  private static final Path LIBRARIES = Path.of("/usr/lib");
  private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

  private final LabFolder folder;
  private final Optional<String> obstacle;
  private final Path library;

  private Clocks(LabFolder folder, Optional<String> obstacle, Path library) {
    this.folder = folder;
    this.obstacle = obstacle;
    this.library = library;
  }

  /** The machine's clock for all. */
  static Clocks common(LabFolder folder, String why) {
    return new Clocks(folder, Optional.of(why), Path.of(""));
  }

  /** A clock for each host, as yet all right; the common one where the library is missing. */
  static Clocks own(LabFolder folder) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(LIBRARIES)) {
      folders.forEach(each -> found.add(each.resolve(LIBRARY)));
    }
    found.removeIf(each -> !Files.exists(each));
    if (found.isEmpty()) {
      return common(folder, "no " + LIBRARY + " under " + LIBRARIES + ": install libfaketime");
    }
    Clocks clocks = new Clocks(folder, Optional.empty(), found.get(0));
    for (int host = 1; host <= Hosts.COUNT; host++) {
      clocks.set(host, Duration.ZERO);
    }
    return clocks;
  }

  /** Why no clock can be set; nothing if it can. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  /** Sets a host's clock to so much after the right time, or before it; it goes on from there. */
  public void set(int host, Duration ahead) throws IOException {
    // Read at every look at the clock: never half-written.
    Path next = folder.clock(host).resolveSibling("next");
    Files.writeString(next, "%+d%n".formatted(ahead.toSeconds()));
    Files.move(next, folder.clock(host), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The command that runs another one by a host's clock. */
  List<String> of(int host, List<String> command) {
    if (obstacle.isPresent()) {
      return command;
    }
    List<String> whole =
        new ArrayList<>(
            List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + folder.clock(host),
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // Without it a JVM's waits return at once.
                "FAKETIME_FORCE_MONOTONIC_FIX=0"));
    whole.addAll(command);
    return whole;
  }
}

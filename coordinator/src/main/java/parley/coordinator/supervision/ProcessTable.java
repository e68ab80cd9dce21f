package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What the kernel knows of processes, which unlike a number in a file is never stale: a process is
 * known by the argument that names its lock, and by leading a session of its own.
 *
 * <p>{@code scripts/process.sh} decides by the same two signs. What is read here may be outdated
 * when it is used; only under the start lock it is not.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");
  private static final int SESSION_FIELD = 3;

  private ProcessTable() {}

  /** The argument by which the process that holds a lock is known. */
  static String mark(Path lock) {
    return "-Dparley.lock=" + lock;
  }

  /** The process that lives by a lock, if it lives. */
  static OptionalLong pidOf(Path lock) {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        long pid = Long.parseLong(process.getFileName().toString());
        if (isProcessOf(pid, lock)) {
          return OptionalLong.of(pid);
        }
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      throw new IllegalStateException(PROC + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Whether a process still lives by a lock. A dying one does no more. */
  static boolean isProcessOf(long pid, Path lock) {
    Path process = PROC.resolve(Long.toString(pid));
    try {
      String commandLine = text(process.resolve("cmdline"));
      return Arrays.asList(commandLine.split("\0")).contains(mark(lock))
          && session(text(process.resolve("stat"))) == pid;
    } catch (IOException e) {
      return false; // It ended while it was looked at, or belongs to another user.
    }
  }

  /** Whether this process was given a lock at birth, and holds it. */
  static boolean isHeldByThisProcess(Path lock) {
    Path self = PROC.resolve("self");
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(self.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).equals(lock)
            && text(self.resolve("fdinfo").resolve(descriptor.getFileName())).contains("FLOCK")) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /** A command's name may contain blanks and parentheses: fields count from the last one. */
  private static long session(String stat) {
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[SESSION_FIELD]);
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}

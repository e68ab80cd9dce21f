package parley.coordinator.supervision;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows others on this machine that this process lives: an open connection ends in the instant in
 * which the process does, and a probe sent over it is answered only when the process's own loop
 * turns.
 *
 * <p>Each connection speaks in single bytes: {@link #PROBE} is answered by itself once the {@link
 * Probe} has come around, {@link #STATE} at once by a line for people. Anything else ends it. Its
 * threads are {@code lifeline}, which accepts and keeps house, and one {@code lifeline-answers} per
 * connection, at most {@value #CONNECTIONS_MAX}.
 */
final class LifeLine implements Closeable {
  static final int PROBE = 'p';
  static final int STATE = 's';

  private static final int CONNECTIONS_MAX = 16;
  private static final int SECOND_MS = 1_000;
  private static final Logger log = LoggerFactory.getLogger(LifeLine.class);

  private final ServerSocket server;
  private final Path infoFile;
  private final LifeLineInfo info;
  private final Answers answers;
  private final Runnable everySecond;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private boolean infoFailed;

  /** What a lifeline asks its process. Both may be called on several threads at once. */
  interface Answers extends Probe {
    /** What the process does, in a few words for people. */
    String state();
  }

  private LifeLine(ServerSocket server, Path infoFile, Answers answers, Runnable everySecond) {
    this.server = server;
    this.infoFile = infoFile;
    this.answers = answers;
    this.everySecond = everySecond;
    info = new LifeLineInfo(ProcessHandle.current().pid(), server.getLocalPort());
  }

  /**
   * Opens the lifeline of this process and says in the file where it is. A file that cannot be
   * written, because the disk is full, is reported once and tried again until it can.
   *
   * @param everySecond small housekeeping of the process; must neither block nor throw
   * @throws IOException no port can be had on the loopback address
   */
  static LifeLine open(Path infoFile, Answers answers, Runnable everySecond) throws IOException {
    ServerSocket server = new ServerSocket(0, CONNECTIONS_MAX, InetAddress.getLoopbackAddress());
    LifeLine lifeLine = new LifeLine(server, infoFile, answers, everySecond);
    lifeLine.keepInfoTrue();
    // No daemon: as long as a process has its lifeline, its JVM stays.
    new Thread(lifeLine::accept, "lifeline").start();
    return lifeLine;
  }

  /** Ends the lifeline; to others it looks as if the process had ended. */
  @Override
  public void close() throws IOException {
    server.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  private void accept() {
    long houseKept = System.nanoTime();
    while (!server.isClosed()) {
      long sinceMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - houseKept);
      if (sinceMs >= SECOND_MS) {
        houseKept = System.nanoTime();
        sinceMs = 0;
        keepInfoTrue();
        everySecond.run();
      }
      try {
        server.setSoTimeout((int) (SECOND_MS - sinceMs));
        Socket connection = server.accept();
        if (connections.size() < CONNECTIONS_MAX) {
          connections.add(connection);
          Thread thread = new Thread(() -> answer(connection), "lifeline-answers");
          thread.setDaemon(true);
          thread.start();
        } else {
          connection.close();
        }
      } catch (SocketTimeoutException e) {
        // Time to keep house.
      } catch (IOException e) {
        if (!server.isClosed()) {
          log.warn("The lifeline could not take a connection: {}", e.getMessage());
          LockSupport.parkNanos(SECOND_MS * 1_000_000L);
        }
      }
    }
  }

  private void keepInfoTrue() {
    if (LifeLineInfo.read(infoFile).equals(Optional.of(info))) {
      return;
    }
    try {
      info.write(infoFile);
      infoFailed = false;
    } catch (IOException e) {
      if (!infoFailed) {
        log.error(
            "{} cannot be written ({}); until it can, other processes cannot see whether this one"
                + " is hung.",
            infoFile,
            e.getMessage());
      }
      infoFailed = true;
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream questions = connection.getInputStream();
      OutputStream out = connection.getOutputStream();
      for (int question = questions.read(); question >= 0; question = questions.read()) {
        if (question == PROBE) {
          if (loopTurns()) {
            out.write(PROBE);
          }
        } else if (question == STATE) {
          out.write((answers.state() + "\n").getBytes(StandardCharsets.UTF_8));
        } else {
          return;
        }
      }
    } catch (IOException e) {
      log.debug("A watcher has gone: {}", e.getMessage());
    } finally {
      connections.remove(connection);
    }
  }

  private boolean loopTurns() {
    try {
      answers.turn().toCompletableFuture().join();
      return true;
    } catch (RuntimeException e) {
      log.error("This process's loop does not turn any more: {}", e.toString());
      return false;
    }
  }
}

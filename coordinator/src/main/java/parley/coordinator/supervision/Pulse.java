package parley.coordinator.supervision;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watcher's open connection to the lifeline of another process.
 *
 * <p>Used by one thread; only {@link #close} may come from another.
 */
final class Pulse implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(Pulse.class);
  private static final int CONNECT_MS = 1_000;

  /** A wait longer than asked for by so much means that the watcher itself was not running. */
  private static final long OWN_PAUSE_NANOS = Duration.ofMillis(500).toNanos();

  /** What a probe has shown. */
  enum Sign {
    /** The process's loop turns. */
    ALIVE,
    /** No answer in time, though this watcher was running throughout. */
    SILENT,
    /** No answer, but this watcher was not running either: it shows nothing. */
    UNSURE,
    /** The process has ended. */
    ENDED
  }

  private final Socket socket;
  private final LongSupplier nanos;
  private final byte[] answers = new byte[64];

  private Pulse(Socket socket, LongSupplier nanos) {
    this.socket = socket;
    this.nanos = nanos;
  }

  /**
   * Connects to a lifeline, or nothing where none listens.
   *
   * @param nanos the monotonic clock
   */
  static Optional<Pulse> connect(int port, LongSupplier nanos) {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MS);
      return Optional.of(new Pulse(socket, nanos));
    } catch (IOException e) {
      closeQuietly(socket);
      return Optional.empty();
    }
  }

  /** Sends one probe and waits for an answer; a late answer to an earlier one is as good. */
  Sign probe(Duration within) {
    try {
      socket.getOutputStream().write(LifeLine.PROBE);
      long slices = Math.max(1, within.dividedBy(Rhythm.SLICE));
      for (long slice = 0; slice < slices; slice++) {
        long before = nanos.getAsLong();
        if (read(Rhythm.SLICE)) {
          return Sign.ALIVE;
        }
        if (nanos.getAsLong() - before > Rhythm.SLICE.toNanos() + OWN_PAUSE_NANOS) {
          return Sign.UNSURE;
        }
      }
      return Sign.SILENT;
    } catch (IOException e) {
      return Sign.ENDED;
    }
  }

  /** Asks nothing for a while; answers at once, and false, when the process ends meanwhile. */
  boolean rest(Duration pause) {
    long end = nanos.getAsLong() + pause.toNanos();
    try {
      for (long left = pause.toNanos(); left > 0; left = end - nanos.getAsLong()) {
        read(Duration.ofNanos(left));
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether an answer came; an end of the connection is an exception. */
  private boolean read(Duration within) throws IOException {
    socket.setSoTimeout((int) Math.max(1, within.toMillis()));
    try {
      if (socket.getInputStream().read(answers) < 0) {
        throw new IOException("the process has ended");
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      log.debug("A lifeline was not closed cleanly: {}", e.getMessage());
    }
  }
}

package parley.client.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.client.ServerAddress;

/** Asks a ZooKeeper peer for its role by one of its four-letter words. */
final class PeerProbe {

  /** What is said of a peer that answers but belongs to no majority. */
  static final String NOT_SERVING = "not serving";

  private static final String WORD = "srvr";
  private static final int ANSWER_BYTES_MAX = 4_096;
  private static final Pattern MODE = Pattern.compile("^Mode: (\\w+)$", Pattern.MULTILINE);

  private PeerProbe() {}

  /** Such as {@code leader} or {@code follower}; empty if nobody answers. Blocks. */
  static Optional<String> role(ServerAddress peer, Duration within) {
    int timeoutMs = (int) within.toMillis();
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(peer.host(), peer.port()), timeoutMs);
      socket.setSoTimeout(timeoutMs);
      socket.getOutputStream().write(WORD.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(ANSWER_BYTES_MAX);
      return Optional.of(role(new String(answer, StandardCharsets.US_ASCII)));
    } catch (IOException noAnswer) {
      return Optional.empty();
    }
  }

  private static String role(String answer) {
    Matcher mode = MODE.matcher(answer);
    return mode.find() ? mode.group(1) : NOT_SERVING;
  }
}

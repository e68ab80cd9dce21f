package parley.coordinator.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/**
 * The content of {@code /parley/epoch}: who was primary last, for people and clients to read.
 *
 * @param address where that primary's timeline service is reached, as {@code address:port}
 */
record Advertisement(long epoch, int host, String address) implements Comparable<Advertisement> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Comparator<Advertisement> ORDER =
      Comparator.comparingLong(Advertisement::epoch).thenComparingInt(Advertisement::host);

  byte[] json() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("epoch", epoch)
        .put("host", host)
        .put("address", address)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Empty where the bytes are no advertisement: somebody else wrote them, and anything may replace
   * them.
   */
  static Optional<Advertisement> parse(byte[] json) {
    try {
      JsonNode node = JSON.readTree(json);
      if (node == null || !node.path("epoch").isIntegralNumber()) {
        return Optional.empty();
      }
      return Optional.of(
          new Advertisement(
              node.path("epoch").asLong(),
              node.path("host").asInt(),
              node.path("address").asText()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** By epoch number, then host, as epochs are compared. */
  @Override
  public int compareTo(Advertisement other) {
    return ORDER.compare(this, other);
  }
}

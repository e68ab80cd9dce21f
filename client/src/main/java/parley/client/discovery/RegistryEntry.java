package parley.client.discovery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import parley.client.ServerAddress;

/**
 * Reads the znode of a service: JSON in the shape of Curator's service discovery. Only plain fields
 * of it, never the classes that the text may name.
 */
final class RegistryEntry {
  private static final ObjectMapper JSON = new ObjectMapper();

  private RegistryEntry() {}

  /** Where the service listens; empty if the data does not say it. */
  static Optional<ServerAddress> parse(byte[] data) {
    if (data == null) {
      return Optional.empty();
    }
    try {
      JsonNode entry = JSON.readTree(data);
      return Optional.of(
          new ServerAddress(entry.path("address").asText(), entry.path("port").asInt()));
    } catch (IOException | IllegalArgumentException notAnEntry) {
      return Optional.empty();
    }
  }
}

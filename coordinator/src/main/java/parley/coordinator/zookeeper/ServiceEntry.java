package parley.coordinator.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.curator.x.discovery.ServiceInstance;
import org.apache.curator.x.discovery.ServiceType;
import org.apache.curator.x.discovery.details.JsonInstanceSerializer;
import parley.coordinator.cluster.Host;

/**
 * Where a service of a host is reached: a line of the registry, in the JSON shape of Curator's
 * service discovery.
 *
 * <p>A hint: the process may have died or be cut off; whoever connects finds out.
 *
 * @param port the service's gRPC port
 * @param webPort its HTTP port, 0 where it has none
 */
public record ServiceEntry(Service service, Host host, int port, int webPort) {
  private static final String ROOT = "/parley/services";
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("rawtypes") // a class literal knows no type arguments
  private static final JsonInstanceSerializer<Map> SERIALIZER =
      new JsonInstanceSerializer<>(Map.class);

  static String root() {
    return ROOT;
  }

  String path() {
    return "%s/%s/%s".formatted(ROOT, service.label(), host.name());
  }

  @SuppressWarnings("rawtypes")
  byte[] json() {
    Map<String, Object> payload =
        webPort == 0 ? Map.of("host", host.id()) : Map.of("host", host.id(), "webPort", webPort);
    try {
      ServiceInstance<Map> instance =
          ServiceInstance.<Map>builder()
              .name(service.label())
              .id(host.name())
              .address(host.address())
              .port(port)
              .serviceType(ServiceType.DYNAMIC)
              .payload(new TreeMap<>(payload))
              .build();
      return SERIALIZER.serialize(instance);
    } catch (Exception e) {
      throw new IllegalStateException("numbers and names always have a JSON form", e);
    }
  }

  /**
   * Reads what {@link #json} wrote; only plain fields, never the classes that the text may name.
   */
  static Optional<ServiceEntry> parse(Service service, byte[] json) {
    try {
      JsonNode node = JSON.readTree(json);
      int host = node.path("payload").path("host").asInt();
      String address = node.path("address").asText();
      int port = node.path("port").asInt();
      if (host == 0 || address.isEmpty() || port == 0) {
        return Optional.empty();
      }
      int webPort = node.path("payload").path("webPort").asInt();
      return Optional.of(new ServiceEntry(service, new Host(host, address), port, webPort));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

package parley.coordinator.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import parley.coordinator.cluster.Host;

class ServiceEntryTest {
  private static final ServiceEntry FRONTEND =
      new ServiceEntry(Service.FRONTEND, new Host(2, "192.0.2.2"), 3055, 8055);

  @Test
  void hasTheShapeOfCuratorsServiceDiscovery() {
    assertThat(new String(FRONTEND.json(), StandardCharsets.UTF_8))
        .contains("\"name\":\"frontend\"", "\"id\":\"host2\"", "\"address\":\"192.0.2.2\"")
        .contains("\"port\":3055", "\"host\":2", "\"webPort\":8055", "\"serviceType\":\"DYNAMIC\"");
    assertThat(FRONTEND.path()).isEqualTo("/parley/services/frontend/host2");
  }

  @Test
  void isReadBack() {
    ServiceEntry timeline =
        new ServiceEntry(Service.TIMELINE_SERVICE, new Host(1, "192.0.2.1"), 3056, 0);
    assertThat(ServiceEntry.parse(Service.FRONTEND, FRONTEND.json())).contains(FRONTEND);
    assertThat(ServiceEntry.parse(Service.TIMELINE_SERVICE, timeline.json())).contains(timeline);
  }

  @Test
  void whatIsNoEntryIsLeftOut() {
    for (String junk : new String[] {"", "{", "{}", "{\"address\":\"a\",\"port\":1}"}) {
      assertThat(ServiceEntry.parse(Service.FRONTEND, junk.getBytes(StandardCharsets.UTF_8)))
          .as(junk)
          .isEmpty();
    }
  }
}

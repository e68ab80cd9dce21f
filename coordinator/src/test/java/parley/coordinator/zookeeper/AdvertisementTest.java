package parley.coordinator.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdvertisementTest {
  @Test
  void isReadableJson() {
    Advertisement advertisement = new Advertisement(7, 2, "192.0.2.2:3056");
    assertThat(advertisement.json())
        .asString()
        .isEqualTo("{\"epoch\":7,\"host\":2,\"address\":\"192.0.2.2:3056\"}");
    assertThat(Advertisement.parse(advertisement.json())).contains(advertisement);
  }

  @Test
  void whatIsNoAdvertisementIsNotTakenForOne() {
    for (String junk : new String[] {"", "{", "[]", "{\"epoch\":\"x\"}", "42"}) {
      assertThat(Advertisement.parse(junk.getBytes(StandardCharsets.UTF_8))).as(junk).isEmpty();
    }
  }

  @Test
  void numberThenHostDecidesWhichIsNewer() {
    assertThat(new Advertisement(2, 1, "a")).isGreaterThan(new Advertisement(1, 3, "c"));
    assertThat(new Advertisement(2, 3, "c")).isGreaterThan(new Advertisement(2, 1, "a"));
  }
}

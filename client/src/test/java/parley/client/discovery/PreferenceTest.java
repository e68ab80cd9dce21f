package parley.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.client.ServerAddress;

class PreferenceTest {
  private static final int CHANNELS = 6_000;
  private static final List<Frontend> THREE =
      IntStream.rangeClosed(1, 3).mapToObj(PreferenceTest::frontend).toList();

  @Test
  void channelsSpreadEvenlyOverTheFrontends() {
    assertEven(firstChoices(THREE), 3);
  }

  @Test
  void channelsOfALostFrontendSpreadEvenlyOverTheOthers() {
    Map<Frontend, Integer> second = new HashMap<>();
    for (int seed = 0; seed < CHANNELS; seed++) {
      List<Frontend> order = new Preference(seed).order(THREE);
      if (order.get(0).equals(THREE.get(0))) {
        second.merge(order.get(1), 1, Integer::sum);
      }
    }
    assertThat(second.keySet()).containsExactlyInAnyOrder(THREE.get(1), THREE.get(2));
    int all = second.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(second.values())
        .allSatisfy(channels -> assertThat(channels).isBetween(all * 2 / 5, all * 3 / 5));
  }

  @Test
  void orderOfAChannelStaysTheSameWhoeverComesAndGoes() {
    Preference preference = new Preference(7);
    List<Frontend> order = preference.order(THREE);
    for (Frontend gone : THREE) {
      List<Frontend> left = THREE.stream().filter(frontend -> !frontend.equals(gone)).toList();
      assertThat(preference.order(left))
          .containsExactlyElementsOf(
              order.stream().filter(frontend -> !frontend.equals(gone)).toList());
    }
    assertThat(preference.order(List.of(THREE.get(2), THREE.get(0), THREE.get(1))))
        .isEqualTo(order);
  }

  private static Map<Frontend, Integer> firstChoices(List<Frontend> frontends) {
    Map<Frontend, Integer> channels = new HashMap<>();
    for (int seed = 0; seed < CHANNELS; seed++) {
      channels.merge(new Preference(seed).order(frontends).get(0), 1, Integer::sum);
    }
    return channels;
  }

  private static void assertEven(Map<Frontend, Integer> channels, int frontends) {
    assertThat(channels).hasSize(frontends);
    int share = CHANNELS / frontends;
    assertThat(channels.values())
        .allSatisfy(count -> assertThat(count).isBetween(share * 9 / 10, share * 11 / 10));
  }

  private static Frontend frontend(int host) {
    ServerAddress address = new ServerAddress("192.0.2." + host, 3055);
    return new Frontend(address, List.of(new InetSocketAddress(address.host(), address.port())));
  }
}

package parley.client.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.client.ServerAddress;

class RegistryEntryTest {

  @Test
  void saysWhereAServiceListens() {
    assertThat(parse("{\"address\":\"host1\",\"port\":3055,\"payload\":{\"@class\":\"no.Such\"}}"))
        .contains(new ServerAddress("host1", 3055));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "host1:3055",
        "{\"address\":\"host1\"}",
        "{\"port\":3055}",
        "{\"address\":\"host1\",\"port\":70000}",
        "{\"address\":\" \",\"port\":3055}"
      })
  void anythingElseIsLeftOut(String data) {
    assertThat(parse(data)).isEmpty();
  }

  private static Optional<ServerAddress> parse(String data) {
    return RegistryEntry.parse(data == null ? null : data.getBytes(StandardCharsets.UTF_8));
  }
}

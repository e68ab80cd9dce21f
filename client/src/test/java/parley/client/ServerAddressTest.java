package parley.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

  @Test
  void readsListsWithAndWithoutPorts() {
    assertThat(ServerAddress.parseList("10.0.0.1, b:99,[::1],[::2]:7", 3055))
        .containsExactly(
            new ServerAddress("10.0.0.1", 3055),
            new ServerAddress("b", 99),
            new ServerAddress("::1", 3055),
            new ServerAddress("::2", 7));
  }

  @Test
  void printsWhatItReads() {
    assertThat(ServerAddress.parseList("a:1,[::1]:2", 3055).toString()).isEqualTo("[a:1, [::1]:2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a,,b", ":3055", "a:", "a:x", "a:0", "a:65536", "::1"})
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> ServerAddress.parseList(text, 3055))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

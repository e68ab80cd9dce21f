package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.frontend.call.InvalidInput;

/** Tokens come back as they went out, and nothing else comes in. */
class TokenTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 35, 36, 1L << 31, Long.MAX_VALUE})
  void numbersComeBack(long number) throws InvalidInput {
    assertThat(Token.CURSOR.read("cursor", Token.CURSOR.of(number))).containsExactly(number);
    assertThat(Token.USERS.read("page_token", Token.USERS.of(number, 7)))
        .containsExactly(number, 7);
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsGoodForNothingElse(Token kind) throws InvalidInput {
    String token = kind == Token.FOLLOWEES || kind == Token.POSTS ? kind.of(1) : kind.of(1, 2);
    for (Token other : Token.values()) {
      if (other != kind) {
        assertThatThrownBy(() -> other.read("page_token", token)).isInstanceOf(InvalidInput.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "c1",
        "c1.",
        "c1.1.2",
        "c1.-1",
        "c1.+1",
        "c1.01",
        "c1.A",
        "c1.!",
        "c2.1",
        "c1.zzzzzzzzzzzzz",
        "c1.1y2p0ij32e8e8"
      })
  void whatNoResponseHadIsRefused(String token) {
    assertThatThrownBy(() -> Token.CURSOR.read("cursor", token))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("the cursor '" + token + "' is not from a response")
        .satisfies(e -> assertThat(((InvalidInput) e).what()).isEqualTo("cursor"));
  }

  @Test
  void aVeryLongTokenIsRefused() {
    assertThatThrownBy(() -> Token.CURSOR.read("cursor", "c1." + "0".repeat(1 << 20)))
        .isInstanceOf(InvalidInput.class)
        .hasMessage("the cursor 'c1." + "0".repeat(37) + "…' is not from a response");
  }
}

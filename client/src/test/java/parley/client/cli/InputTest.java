package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {

  @Test
  void readsCommandsInSmallAndCapitalLetters() {
    assertThat(Input.parse("JOIN bob")).isEqualTo(new Input.Join("bob"));
    assertThat(Input.parse("  leave Bob ")).isEqualTo(new Input.Leave("Bob"));
    assertThat(Input.parse("List")).isEqualTo(new Input.ListUsers());
    assertThat(Input.parse("chat")).isEqualTo(new Input.OpenChat());
    assertThat(Input.parse("QUIT")).isEqualTo(new Input.Quit());
    assertThat(Input.parse("   ")).isEqualTo(new Input.Nothing());
  }

  @Test
  void takesNamesWithSpaces() {
    assertThat(Input.parse("JOIN bob the builder")).isEqualTo(new Input.Join("bob the builder"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JOIN", "leave  ", "LIST all", "CHAT now", "quit it"})
  void saysWhatIsMissingOrTooMuch(String line) {
    assertThat(Input.parse(line)).isInstanceOf(Input.Mistake.class);
  }

  @Test
  void listsTheCommandsWhenOneIsUnknown() {
    assertThat(Input.parse("hello there"))
        .isInstanceOfSatisfying(
            Input.Mistake.class,
            mistake ->
                assertThat(mistake.problem())
                    .contains("'hello'", "JOIN", "LEAVE", "LIST", "CHAT", "QUIT"));
  }
}

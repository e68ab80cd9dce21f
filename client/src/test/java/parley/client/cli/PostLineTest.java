package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.client.v1.Post;

class PostLineTest {

  private static final Instant TIME = Instant.parse("2026-03-01T10:20:30Z");

  private final PostLine postLine = new PostLine(ZoneOffset.UTC, Style.PLAIN);

  @Test
  void showsTimeAuthorAndText() {
    assertThat(postLine.format(new Post("bob", "hi: there", Optional.of(TIME), 3)))
        .isEqualTo("[2026-03-01 10:20:30] bob: hi: there");
  }

  @Test
  void saysThatThereIsNoTime() {
    assertThat(postLine.format(new Post("bob", "hi", Optional.empty(), 3)))
        .isEqualTo("[no time] bob: hi");
    assertThat(postLine.format(new Post("bob", "hi", Optional.of(Instant.MAX), 3)))
        .endsWith("] bob: hi");
  }

  @Test
  void noPostDrivesTheTerminal() {
    assertThat(postLine.format(new Post("b\u0007ob", "\u001b[2Jgone\r\n", Optional.of(TIME), 3)))
        .doesNotContain("\u001b", "\r", "\n", "\u0007");
  }

  @Test
  void coloursSurroundWhatIsShown() {
    assertThat(
            new PostLine(ZoneOffset.UTC, Style.COLOURED)
                .format(new Post("bob", "hi", Optional.of(TIME), 3)))
        .isEqualTo("\u001b[2m[2026-03-01 10:20:30]\u001b[0m \u001b[1mbob:\u001b[0m hi");
  }
}

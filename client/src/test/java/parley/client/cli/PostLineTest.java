package parley.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.client.Received.LivePost;
import parley.client.Received.OldPost;

class PostLineTest {

  private final PostLine postLine = new PostLine(ZoneOffset.UTC);

  @Test
  void oldAndLivePostsLookAlike() {
    assertThat(postLine.format(new OldPost("2026-03-01T10:20:30Z :: bob:hi: there")))
        .isEqualTo("[2026-03-01 10:20:30] bob: hi: there");
    assertThat(
            postLine.format(
                new LivePost(
                    "bob", "hi: there", Optional.of(Instant.parse("2026-03-01T10:20:30Z")))))
        .isEqualTo("[2026-03-01 10:20:30] bob: hi: there");
  }

  @Test
  void showsOldPostsOfAnotherShapeAsTheyCame() {
    assertThat(postLine.format(new OldPost("yesterday :: bob:hi")))
        .isEqualTo("yesterday :: bob:hi");
    assertThat(postLine.format(new OldPost("no shape"))).isEqualTo("no shape");
  }

  @Test
  void showsPostsWithoutATime() {
    assertThat(postLine.format(new LivePost("bob", "hi", Optional.empty())))
        .isEqualTo("[no time] bob: hi");
    assertThat(postLine.format(new LivePost("bob", "hi", Optional.of(Instant.MAX))))
        .endsWith("] bob: hi");
  }

  @Test
  void noPostDrivesTheTerminal() {
    assertThat(postLine.format(new LivePost("bob", "\u001b[2Jgone\r\n", Optional.empty())))
        .doesNotContain("\u001b", "\r", "\n");
  }
}

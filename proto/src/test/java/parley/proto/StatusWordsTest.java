package parley.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StatusWordsTest {
  private static final Throwable RESET =
      new IOException("recvAddress(..) failed with error(-104): Connection reset by peer");

  @Test
  void descriptionIsForPeople() {
    Status status =
        Status.UNAVAILABLE.withDescription("Host 2 knows of no primary").withCause(RESET);
    assertThat(StatusWords.of(status)).isEqualTo("Host 2 knows of no primary");
  }

  @Test
  void whatHappenedToAConnectionIsInTheCause() {
    Status described = Status.UNAVAILABLE.withDescription("io exception").withCause(RESET);
    assertThat(StatusWords.of(described)).isEqualTo("Connection reset by peer");
    assertThat(StatusWords.of(Status.UNKNOWN.withCause(RESET)))
        .isEqualTo("Connection reset by peer");
  }

  @Test
  void linesBecomeOne() {
    assertThat(StatusWords.of(Status.INTERNAL.withDescription("a \n  b"))).isEqualTo("a b");
  }

  @Test
  void withoutAWordItIsTheCode() {
    assertThat(StatusWords.of(Status.CANCELLED)).isEqualTo("CANCELLED");
    assertThat(StatusWords.of(Status.UNAVAILABLE.withCause(new IOException())))
        .isEqualTo("UNAVAILABLE");
    assertThat(
            StatusWords.of(
                Status.UNAVAILABLE.withDescription("io exception").withCause(new IOException())))
        .isEqualTo("io exception");
  }
}

package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.frontend.fake.ClientStream;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.ParleyClient;

/** No stream waits for ever to be opened. */
class OpeningTest {

  @Test
  void streamsThatWaitTooLongForAPrimaryAreToldSo() throws Exception {
    try (FakeCluster cluster = FakeCluster.with("callWaitMs", 1_000)) {
      cluster.store().dethrone();
      ParleyClient client = cluster.parleyClient(1);
      ClientStream<?, ?> posting = client.posting("someone", 1);
      ClientStream<?, ?> watch = client.watch("someone", "");
      for (ClientStream<?, ?> stream : List.of(posting, watch)) {
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(stream.end().getDescription())
            .isEqualTo("no primary has answered within 1000 ms; try again");
      }
    }
  }
}

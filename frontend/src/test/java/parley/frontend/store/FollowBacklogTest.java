package parley.frontend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.frontend.delivery.AppliedRun;
import parley.frontend.delivery.Backlog;
import parley.frontend.delivery.TimelineEvent;
import parley.frontend.fake.FakeStore;
import parley.frontend.loop.FrontendLoop;

/** Readings of the log go on where a replica fails, and bring only what was asked for. */
class FollowBacklogTest {
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final FrontendLoop loop = new FrontendLoop(100, broken::add);
  private final List<AppliedRun> runs = new CopyOnWriteArrayList<>();
  private FakeStore store;
  private StoreChannels channels;
  private Replicas replicas;
  private Backlog backlog;

  @BeforeEach
  void start() throws Exception {
    store = new FakeStore();
    channels = new StoreChannels(store.addresses());
    replicas = new Replicas(loop, 2, channels.byHost(), 1_000);
    EventDecoder decoder =
        new EventDecoder(1, post -> post.text().getBytes(StandardCharsets.UTF_8));
    backlog = new FollowBacklog(loop, replicas, decoder);
    replicas.start();
    loop.start();
    store.createUsers("author");
    IntStream.range(0, 1_000).forEach(i -> store.post("author", Integer.toString(i)));
  }

  @AfterEach
  void stop() {
    loop.close();
    channels.close();
    store.close();
    assertThat(broken).isEmpty();
  }

  private List<String> texts() {
    return runs.stream()
        .flatMap(run -> run.events().stream())
        .map(event -> new String(((TimelineEvent.Posted) event).message(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void readsOnAtAnotherReplicaFromWhereTheFirstOneFailed() {
    Backlog.Reader[] reader = new Backlog.Reader[1];
    loop.execute(
        () -> {
          reader[0] = backlog.open(2, runs::add);
          reader[0].next();
        });
    await().until(() -> runs.size() == 1);
    store.stop(2);
    while (texts().size() < 1_000) {
      int before = runs.size();
      loop.execute(() -> reader[0].next());
      await().until(() -> runs.size() > before);
    }
    assertThat(texts()).isEqualTo(IntStream.range(0, 1_000).mapToObj(Integer::toString).toList());
    loop.execute(() -> reader[0].close());
  }
}

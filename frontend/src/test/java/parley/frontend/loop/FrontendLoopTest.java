package parley.frontend.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrontendLoopTest {
  private final List<Throwable> broken = new CopyOnWriteArrayList<>();
  private final FrontendLoop loop = new FrontendLoop(10, broken::add);

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void tasksOfOneThreadRunInOrder() throws Exception {
    List<Integer> seen = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    loop.start();
    IntStream.range(0, 5_000).forEach(i -> loop.execute(() -> seen.add(i)));
    loop.execute(done::countDown);
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).isEqualTo(IntStream.range(0, 5_000).boxed().toList());
  }

  @Test
  void offersBeyondTheCapacityAreRefused() {
    IntStream.range(0, 10).forEach(i -> assertThat(loop.offer(() -> {})).isTrue());
    assertThat(loop.offer(() -> {})).isFalse();
    loop.start();
    await().until(() -> loop.offer(() -> {}));
  }

  @Test
  void timersRunInOrderOfTheirTimes() throws Exception {
    List<String> seen = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(1);
    loop.after(60, () -> seen.add("third"));
    loop.after(60, done::countDown);
    loop.after(0, () -> seen.add("first"));
    loop.after(30, () -> seen.add("second"));
    loop.start();
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).containsExactly("first", "second", "third");
  }

  @Test
  void workThatHasMoreToDoRunsAgainAtOnceAndTasksInBetween() {
    AtomicInteger left = new AtomicInteger(100);
    AtomicInteger when = new AtomicInteger(-1);
    loop.addWork(
        () -> {
          if (left.get() == 50) {
            loop.execute(() -> when.set(left.get()));
          }
          return left.decrementAndGet() > 0;
        });
    loop.start();
    await().until(() -> left.get() <= 0);
    assertThat(when).hasValue(49);
  }

  @Test
  void aTaskThatThrowsEndsTheLoopAndIsReported() {
    loop.start();
    RuntimeException bug = new IllegalStateException("bug");
    loop.execute(
        () -> {
          throw bug;
        });
    await().until(() -> !broken.isEmpty());
    assertThat(broken).containsExactly(bug);
  }
}

package parley.acceptance.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import parley.client.Chat;
import parley.client.Messenger;
import parley.client.MessengerException;
import parley.client.ServerAddress;

/** A plain stream of posts that nobody follows, by one or more writers through one frontend. */
final class PostStream {

  private static final int TELL_EVERY = 1_000;

  private final ServerAddress frontend;
  private final int writers;
  private final int textBytes;

  /**
   * @param textBytes the length of each text, in bytes
   */
  PostStream(ServerAddress frontend, int writers, int textBytes) {
    this.frontend = frontend;
    this.writers = writers;
    this.textBytes = textBytes;
  }

  /**
   * Posts them all.
   *
   * @param names what the writers are called, before their number
   * @param progress told now and then how many have been sent
   * @return the time from the first post until the server has said of every writer's posts that
   *     they are safe
   */
  Duration run(String names, long posts, LongConsumer progress)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CountDownLatch ready = new CountDownLatch(writers);
    CountDownLatch start = new CountDownLatch(1);
    AtomicLong sent = new AtomicLong();
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String name = names + writer;
        long own = posts * (writer + 1) / writers - posts * writer / writers;
        all.add(
            threads.submit(
                () -> {
                  write(name, own, ready, start, sent, progress);
                  return null;
                }));
      }
      ready.await();
      long startedAt = System.nanoTime();
      start.countDown();
      for (Future<?> writer : all) {
        writer.get();
      }
      return Duration.ofNanos(System.nanoTime() - startedAt);
    } finally {
      threads.shutdownNow();
    }
  }

  private void write(
      String name,
      long posts,
      CountDownLatch ready,
      CountDownLatch start,
      AtomicLong sent,
      LongConsumer progress)
      throws InterruptedException, MessengerException {
    try (Messenger messenger = Messenger.connect(List.of(frontend))) {
      messenger.login(name);
      Chat chat = messenger.chat(name, post -> {});
      ready.countDown();
      start.await();
      String filler = "x".repeat(textBytes);
      for (long i = 0; i < posts; i++) {
        String number = Long.toString(i);
        chat.post(number.concat(filler.substring(Math.min(number.length(), textBytes))));
        long now = sent.incrementAndGet();
        if (now % TELL_EVERY == 0) {
          progress.accept(now);
        }
      }
      chat.leave();
    } finally {
      // Also one who could not begin must not keep the others waiting.
      ready.countDown();
    }
  }
}

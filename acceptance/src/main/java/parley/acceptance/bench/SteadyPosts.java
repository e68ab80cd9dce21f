package parley.acceptance.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import parley.client.Chat;
import parley.client.Messenger;
import parley.client.MessengerException;
import parley.client.ServerAddress;

/**
 * Writers that nobody follows, posting through one frontend as fast as it takes their posts, until
 * they are told to finish. Each post begins with its number among its author's.
 */
final class SteadyPosts implements AutoCloseable {

  private final List<Messenger> messengers = new ArrayList<>();
  private final Map<String, Future<Long>> writers = new LinkedHashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String filler;
  private volatile boolean finishing;

  /**
   * Starts to post.
   *
   * @param textBytes the length of each text, in bytes
   */
  SteadyPosts(ServerAddress frontend, int writers, int textBytes)
      throws InterruptedException, MessengerException {
    filler = "x".repeat(textBytes);
    for (int writer = 0; writer < writers; writer++) {
      String name = "writer" + writer;
      Messenger messenger = Messenger.connect(List.of(frontend));
      messengers.add(messenger);
      messenger.login(name);
      Chat chat = messenger.chat(name, post -> {});
      this.writers.put(name, threads.submit(() -> write(chat)));
    }
  }

  private long write(Chat chat) throws InterruptedException, MessengerException {
    long posts = 0;
    while (!finishing) {
      chat.post(numbered(posts++));
    }
    chat.leave();
    return posts;
  }

  private String numbered(long post) {
    String number = Long.toString(post);
    return number.concat(filler.substring(Math.min(number.length(), filler.length())));
  }

  /**
   * Waits until the server has said of every writer's posts that they are safe.
   *
   * @return how many there were of each author
   */
  Map<String, Long> finish() throws InterruptedException, ExecutionException {
    finishing = true;
    Map<String, Long> posts = new LinkedHashMap<>();
    for (Map.Entry<String, Future<Long>> writer : writers.entrySet()) {
      posts.put(writer.getKey(), writer.getValue().get());
    }
    return posts;
  }

  @Override
  public void close() {
    finishing = true;
    messengers.forEach(Messenger::close);
    threads.shutdownNow();
  }
}

package parley.timelineservice.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import parley.proto.store.News;

/**
 * Sends news to one client. News is a state: what a slow client misses is made up for by the newest
 * one when it reads again. Everything is sent on the timer thread.
 */
final class WatchStream {

  private final NewsFeed feed;
  private final Executor timer;
  private final ServerCallStreamObserver<News> client;
  private final Consumer<News> onNews = this::send;
  private boolean missed;

  WatchStream(NewsFeed feed, Executor timer, ServerCallStreamObserver<News> client) {
    this.feed = feed;
    this.timer = timer;
    this.client = client;
  }

  void open() {
    client.setOnReadyHandler(() -> timer.execute(this::makeUp));
    client.setOnCancelHandler(() -> feed.removeNewsListener(onNews));
    feed.addNewsListener(onNews);
  }

  private void send(News news) {
    missed = !client.isReady();
    if (!missed && !client.isCancelled()) {
      client.onNext(news);
    }
  }

  private void makeUp() {
    if (missed) {
      send(feed.present());
    }
  }
}

package parley.timelineservice.rpc;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.FrontendLine;
import parley.timelineservice.runtime.News;
import parley.timelineservice.runtime.Replica;

/** A replica that does what the test says, and remembers what the network told it. */
final class FakeReplica implements Replica {

  record FromLine(FrontendLine line, FromFrontend message) {}

  final List<Envelope> peerMessages = new CopyOnWriteArrayList<>();
  final List<Integer> lostPeers = new CopyOnWriteArrayList<>();
  final BlockingQueue<FrontendLine> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<FrontendLine> closed = new LinkedBlockingQueue<>();
  final BlockingQueue<FromLine> lineMessages = new LinkedBlockingQueue<>();
  final List<Thread> closedOn = new CopyOnWriteArrayList<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  // Completes the future of what the loop has taken; an unfinished one makes senders wait.
  volatile CompletableFuture<Void> taking = CompletableFuture.completedFuture(null);
  private volatile News news;

  FakeReplica(int host) {
    news = new News(host, 0, 0, false, 0, 0, 0, 0, "standby", "0@0", 1);
  }

  void become(int primaryHost, boolean serving) {
    News old = news;
    long epoch = old.epoch() + 1;
    String role = serving ? "primary" : "standby";
    change(
        new News(
            old.host(),
            epoch,
            primaryHost,
            serving,
            old.appliedIndex(),
            old.appliedSlot(),
            old.committedSlot(),
            0,
            role,
            epoch + "@" + primaryHost,
            old.incarnation()));
  }

  void applied(long index, long slot) {
    News old = news;
    change(
        new News(
            old.host(),
            old.epoch(),
            old.primaryHost(),
            old.serving(),
            index,
            slot,
            slot,
            0,
            old.role(),
            old.promised(),
            old.incarnation()));
  }

  private void change(News changed) {
    news = changed;
    listeners.forEach(Runnable::run);
  }

  int listenerCount() {
    return listeners.size();
  }

  @Override
  public CompletableFuture<Void> onPeerMessage(Envelope envelope) {
    peerMessages.add(envelope);
    return taking;
  }

  @Override
  public void onPeerLost(int host) {
    lostPeers.add(host);
  }

  @Override
  public void onLineOpened(FrontendLine line) {
    opened.add(line);
  }

  @Override
  public CompletableFuture<Void> onLineMessage(FrontendLine line, FromFrontend message) {
    lineMessages.add(new FromLine(line, message));
    return taking;
  }

  @Override
  public void onLineClosed(FrontendLine line) {
    closedOn.add(Thread.currentThread());
    closed.add(line);
  }

  @Override
  public News news() {
    return news;
  }

  @Override
  public AutoCloseable onNews(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public long sessions() {
    return 3;
  }
}

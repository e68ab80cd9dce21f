package parley.timelineservice.rpc;

import io.grpc.Status;
import io.grpc.SynchronizationContext;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.proto.StatusWords;
import parley.proto.replication.Envelope;
import parley.proto.replication.Goodbye;
import parley.proto.replication.ReplicationGrpc;

/**
 * The way to one other replica: one stream, opened anew whenever it breaks. Any thread may send. A
 * message is dropped when there is no stream or the stream's outbox is full; a broken stream takes
 * what waits in its outbox with it, so that no stale message arrives after a long absence.
 */
final class PeerLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PeerLink.class);

  static final int MAX_WAITING = 1_024;
  private static final long REOPEN_MIN_MILLIS = 20;
  private static final long REOPEN_MAX_MILLIS = 1_000;

  /** After so long a stream was no mere attempt: the next one is opened at once. */
  private static final long PROVEN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int host;
  private final String address;
  private final long maxWaitingBytes;
  private final PeerChannel channel;
  private final ScheduledExecutorService timer;
  private final SynchronizationContext serial =
      new SynchronizationContext(
          (thread, failure) -> log.error("The link to another replica failed", failure));

  // All below: only inside `serial`.
  private Stream stream;
  private long reopenMillis = REOPEN_MIN_MILLIS;
  private boolean closed;

  PeerLink(RpcThreads threads, int host, String address, int maxMessageBytes) {
    this.host = host;
    this.address = address;
    this.maxWaitingBytes = 2L * maxMessageBytes;
    this.channel = new PeerChannel(threads, address, maxMessageBytes);
    this.timer = threads.timer();
    serial.execute(this::open);
  }

  void send(Envelope envelope) {
    serial.execute(
        () -> {
          if (stream != null) {
            stream.send(envelope);
          }
        });
  }

  private void open() {
    if (!closed) {
      stream = new Stream();
      ReplicationGrpc.newStub(channel.channel()).withWaitForReady().deliver(stream);
    }
  }

  private void onEnd(Stream ended, Status status) {
    if (closed || ended != stream) {
      return;
    }
    stream = null;
    if (ended.connected) {
      log.info("Lost the link to host {} at {}: {}", host, address, StatusWords.of(status));
      if (System.nanoTime() - ended.connectedNanos >= PROVEN_NANOS) {
        reopenMillis = REOPEN_MIN_MILLIS;
      }
    }
    long delay = ThreadLocalRandom.current().nextLong(reopenMillis / 2, reopenMillis + 1);
    reopenMillis = Math.min(2 * reopenMillis, REOPEN_MAX_MILLIS);
    serial.schedule(this::open, delay, TimeUnit.MILLISECONDS, timer);
  }

  @Override
  public void close() {
    serial.execute(
        () -> {
          closed = true;
          stream = null;
        });
    channel.close();
  }

  /** One life of the stream. */
  private final class Stream implements ClientResponseObserver<Envelope, Goodbye> {

    private ClientCallStreamObserver<Envelope> call;
    private Outbox<Envelope> outbox;
    private boolean connected;
    private boolean dropping;
    private long connectedNanos;

    @Override
    public void beforeStart(ClientCallStreamObserver<Envelope> call) {
      this.call = call;
      outbox = new Outbox<>(call, MAX_WAITING, maxWaitingBytes);
      call.setOnReadyHandler(() -> serial.execute(this::onReady));
    }

    private void onReady() {
      if (!connected && call.isReady()) {
        connected = true;
        connectedNanos = System.nanoTime();
        log.info("Connected to host {} at {}", host, address);
      }
      outbox.drain();
      if (dropping && outbox.isEmpty()) {
        dropping = false;
      }
    }

    private void send(Envelope envelope) {
      if (connected && !outbox.offer(envelope) && !dropping) {
        dropping = true;
        log.warn(
            "Host {} at {} does not take messages as fast as they are sent: dropping some",
            host,
            address);
      }
    }

    @Override
    public void onNext(Goodbye goodbye) {
      // The end of the stream follows.
    }

    @Override
    public void onError(Throwable failure) {
      serial.execute(() -> onEnd(this, Status.fromThrowable(failure)));
    }

    @Override
    public void onCompleted() {
      serial.execute(() -> onEnd(this, Status.OK));
    }
  }
}

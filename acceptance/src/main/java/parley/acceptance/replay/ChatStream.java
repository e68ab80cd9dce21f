package parley.acceptance.replay;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * One user's open Chat, close to the wire. Sending is for one thread at a time; what arrives is
 * recorded on the channel's thread.
 */
final class ChatStream {

  private final String user;
  private final ClientCall<byte[], Arrival> call;
  private final ReaderLog log;
  private final CompletableFuture<Status> end = new CompletableFuture<>();
  private final Object ready = new Object();
  private volatile boolean leaving;

  private ChatStream(String user, ClientCall<byte[], Arrival> call, ReaderLog log) {
    this.user = user;
    this.call = call;
    this.log = log;
  }

  static ChatStream open(Channel channel, PostBook book, String user, ReaderLog log) {
    ClientCall<byte[], Arrival> call = channel.newCall(book.chat(), CallOptions.DEFAULT);
    ChatStream stream = new ChatStream(user, call, log);
    call.start(stream.new Listener(), new Metadata());
    // What arrives is recorded at once, so that HTTP/2's own flow control suffices.
    call.request(Integer.MAX_VALUE);
    call.sendMessage(PostBook.setStream(user));
    return stream;
  }

  /** Sends a post as soon as the stream takes it. */
  void send(byte[] message) throws IOException, InterruptedException {
    synchronized (ready) {
      while (!call.isReady() && !end.isDone()) {
        ready.wait();
      }
    }
    requireUnbroken();
    call.sendMessage(message);
  }

  /** Says that no more posts follow. The stream ends when the server has them all safe. */
  void leave() {
    leaving = true;
    call.halfClose();
  }

  boolean hasEnded() {
    return end.isDone();
  }

  /** Throws if the server has ended the stream with anything but OK. */
  void requireOrderlyEnd() throws IOException {
    if (end.isDone() && !end.join().isOk()) {
      throw new IOException("the stream of " + user + " ended with " + end.join());
    }
  }

  /** Throws if the stream has ended though its user did not leave. */
  void requireUnbroken() throws IOException {
    if (end.isDone() && !leaving) {
      throw new IOException("the stream of " + user + " broke: " + end.join());
    }
  }

  String user() {
    return user;
  }

  ReaderLog log() {
    return log;
  }

  private final class Listener extends ClientCall.Listener<Arrival> {

    @Override
    public void onMessage(Arrival arrival) {
      log.record(arrival);
    }

    @Override
    public void onReady() {
      wake();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      end.complete(status);
      wake();
    }

    private void wake() {
      synchronized (ready) {
        ready.notifyAll();
      }
    }
  }
}

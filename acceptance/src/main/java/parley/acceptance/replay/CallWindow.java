package parley.acceptance.replay;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import parley.proto.hw2.Reply;

/**
 * Keeps many calls under way at once, but not too many, and insists on the right answer to each.
 */
final class CallWindow {

  private final int size;
  private final Semaphore free;
  private final AtomicReference<String> firstFault = new AtomicReference<>();

  CallWindow(int size) {
    this.size = size;
    this.free = new Semaphore(size);
  }

  /** Waits until there is room for one more call. */
  void enter() throws InterruptedException, IOException {
    free.acquire();
    throwFault();
  }

  /** Takes over a call that was made after {@link #enter}. */
  void expect(String what, String expected, ListenableFuture<Reply> call) {
    Futures.addCallback(
        call,
        new FutureCallback<Reply>() {
          @Override
          public void onSuccess(Reply reply) {
            end(
                reply.getMsg().equals(expected)
                    ? null
                    : what
                        + " was answered '"
                        + reply.getMsg()
                        + "' instead of '"
                        + expected
                        + "'");
          }

          @Override
          public void onFailure(Throwable cause) {
            end(what + " failed: " + cause.getMessage());
          }
        },
        MoreExecutors.directExecutor());
  }

  private void end(String fault) {
    if (fault != null) {
      firstFault.compareAndSet(null, fault);
    }
    free.release();
  }

  /** Waits until all calls have been answered; throws if one was answered wrongly. */
  void drain() throws InterruptedException, IOException {
    free.acquire(size);
    free.release(size);
    throwFault();
  }

  private void throwFault() throws IOException {
    if (firstFault.get() != null) {
      throw new IOException(firstFault.get());
    }
  }
}

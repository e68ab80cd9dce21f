package parley.frontend.call;

import io.grpc.Status;

/**
 * What a stream does with what its client sends. Called on the loop only.
 *
 * @param <Q> what the client sends
 */
public interface StreamHandler<Q> {

  /** A message has come, one of those that were requested. */
  void onMessage(Q message);

  /** A message has come that cannot be decoded. */
  void onUnreadable();

  /** The client has sent everything it wants to send. */
  void onHalfClose();

  /** The client has gone. */
  void onCancel();

  /** The client can take more. */
  void onReady();

  /** This handler has failed: the stream is to end like this. */
  void onBroken(Status status);
}

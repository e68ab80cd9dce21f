package parley.frontend.call;

import io.grpc.Metadata;
import io.grpc.Status;

/** A call that somebody may wait for, and that can be ended by an error. Owned by the loop. */
public interface Answerable {

  /** Whether the client still waits. */
  boolean isOpen();

  /**
   * Ends the call; has no effect after its end.
   *
   * @param details trailers, such as those that carry the details of a google.rpc.Status
   */
  void fail(Status status, Metadata details);
}

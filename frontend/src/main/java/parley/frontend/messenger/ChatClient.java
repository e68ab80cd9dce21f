package parley.frontend.messenger;

import io.grpc.Status;
import parley.frontend.delivery.Subscriber;

/** The client's end of a Chat. Called on the loop only; after its end nothing has an effect. */
interface ChatClient extends Subscriber {

  /** Lets the client send so many further messages. */
  void request(int messages);

  /** Ends the stream. */
  void close(Status status);
}

package parley.frontend.app;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Says in the headers of answers which host they come from, by the name that the registry has for
 * it ({@code host2}): so that clients can tell people. {@code parley.proto} documents it.
 */
final class HostName implements ServerInterceptor {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("parley-host", Metadata.ASCII_STRING_MARSHALLER);

  private final String name;

  HostName(int host) {
    this.name = "host" + host;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void sendHeaders(Metadata answer) {
            answer.put(HEADER, name);
            super.sendHeaders(answer);
          }
        },
        headers);
  }
}

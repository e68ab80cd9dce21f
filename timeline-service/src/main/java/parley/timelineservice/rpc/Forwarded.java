package parley.timelineservice.rpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.MetadataUtils;
import parley.proto.store.StoreGrpc;

/** Marks calls that a replica passes on, so that no call is passed on twice. */
final class Forwarded implements ServerInterceptor {

  private static final Metadata.Key<String> HEADER =
      Metadata.Key.of("parley-forwarded", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<Boolean> MARKED =
      Context.keyWithDefault("parley-forwarded", false);

  /** Whether the call being served was passed on by another replica. */
  static boolean isMarked() {
    return MARKED.get();
  }

  static StoreGrpc.StoreStub mark(StoreGrpc.StoreStub stub, int byHost) {
    Metadata headers = new Metadata();
    headers.put(HEADER, Integer.toString(byHost));
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return headers.containsKey(HEADER)
        ? Contexts.interceptCall(Context.current().withValue(MARKED, true), call, headers, next)
        : next.startCall(call, headers);
  }
}

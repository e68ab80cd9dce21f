package parley.frontend.call;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import parley.frontend.loop.FrontendLoop;

/**
 * Puts a gRPC service together by hand, with methods whose work is done on the loop. What cannot be
 * decoded is answered with a text.
 */
public final class ServiceBuilder {
  private final ServiceDescriptor published;
  private final FrontendLoop loop;
  private final OpenCalls openCalls;
  private final List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();

  /**
   * @param published as generated
   */
  public ServiceBuilder(ServiceDescriptor published, FrontendLoop loop, OpenCalls openCalls) {
    this.published = published;
    this.loop = loop;
    this.openCalls = openCalls;
  }

  /**
   * Adds a method with one request and one reply.
   *
   * @param unreadable an instance of its own that stands for a request which cannot be decoded
   * @param handler called on the loop
   */
  public <Q, R> ServiceBuilder unary(
      MethodDescriptor<Q, R> method, Q unreadable, BiConsumer<UnaryCall<Q, R>, Q> handler) {
    methods.add(
        ServerMethodDefinition.create(
            withMarshallers(method, unreadable, method.getResponseMarshaller()),
            (call, headers) -> UnaryCall.start(call, loop, openCalls, unreadable, handler)));
    return this;
  }

  /**
   * Adds a method whose messages are taken as they are asked for, and sent as the client can take
   * them.
   *
   * @param unreadable an instance of its own that stands for a message which cannot be decoded
   * @param responses how to send messages
   * @param opener called on the loop once per stream
   */
  public <Q, R, S> ServiceBuilder stream(
      MethodDescriptor<Q, R> method,
      Q unreadable,
      Marshaller<S> responses,
      Function<StreamCall<Q, S>, StreamHandler<Q>> opener) {
    methods.add(
        ServerMethodDefinition.create(
            withMarshallers(method, unreadable, responses),
            (call, headers) -> StreamCall.start(call, loop, unreadable, opener)));
    return this;
  }

  /** The service, to be added to a server. */
  public ServerServiceDefinition build() {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(published.getName())
            .setSchemaDescriptor(published.getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return service.build();
  }

  private static <Q, R, S> MethodDescriptor<Q, S> withMarshallers(
      MethodDescriptor<Q, R> method, Q unreadable, Marshaller<S> responses) {
    return method.toBuilder(
            new LenientMarshaller<>(method.getRequestMarshaller(), unreadable), responses)
        .build();
  }
}

package parley.frontend.messenger;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerTransportFilter;
import io.grpc.ServiceDescriptor;
import java.util.function.BiConsumer;
import parley.frontend.loop.FrontendLoop;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.Request;

/**
 * {@code hw2.MessengerServer}, put together by hand: its Chat sends messages that are encoded
 * already, and takes only as many as it has asked for.
 */
public final class MessengerService {
  /** The service's full name, under which its health is told, too. */
  public static final String NAME = MessengerServerGrpc.SERVICE_NAME;

  private static final int TICK_MS = 200;

  private final FrontendLoop loop;
  private final Parts parts;
  private final OpenCalls openCalls;

  /**
   * @param callWaitMs longest wait of a Login, List, Join or Leave for a primary
   */
  public MessengerService(FrontendLoop loop, Parts parts, long callWaitMs) {
    this.loop = loop;
    this.parts = parts;
    this.openCalls = new OpenCalls(callWaitMs);
  }

  /** Begins to watch over the calls; before the loop starts, or on it. */
  public void start() {
    loop.addWork(parts.timeline().fanout()::turn);
    loop.every(
        TICK_MS,
        () -> {
          openCalls.giveUpExpired();
          parts.reads().dropUnwanted();
        });
  }

  /** To be added to the server: it tells which calls come on one connection, and its end. */
  public ServerTransportFilter connections() {
    return new Connections(loop, parts.presence());
  }

  /** To be added to the server. */
  public ServerServiceDefinition definition() {
    Requests requests = new Requests(parts);
    Unary<?> login = unary(MessengerServerGrpc.getLoginMethod(), requests::login);
    Unary<?> list = unary(MessengerServerGrpc.getListMethod(), requests::list);
    Unary<?> join = unary(MessengerServerGrpc.getJoinMethod(), requests::join);
    Unary<?> leave = unary(MessengerServerGrpc.getLeaveMethod(), requests::leave);
    MethodDescriptor<Message, Message> published = MessengerServerGrpc.getChatMethod();
    MethodDescriptor<Message, byte[]> chat =
        published.toBuilder(
                new LenientMarshaller<>(
                    published.getRequestMarshaller(), LenientMarshaller.UNREADABLE_MESSAGE),
                new EncodedMarshaller())
            .build();
    ServiceDescriptor service =
        ServiceDescriptor.newBuilder(NAME)
            .setSchemaDescriptor(MessengerServerGrpc.getServiceDescriptor().getSchemaDescriptor())
            .addMethod(login.method)
            .addMethod(list.method)
            .addMethod(join.method)
            .addMethod(leave.method)
            .addMethod(chat)
            .build();
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(service);
    login.addTo(definition);
    list.addTo(definition);
    join.addTo(definition);
    leave.addTo(definition);
    return definition.addMethod(chat, (call, headers) -> ChatCall.start(call, loop, parts)).build();
  }

  private <R extends MessageLite> Unary<R> unary(
      MethodDescriptor<Request, R> published, BiConsumer<UnaryCall<R>, Request> handler) {
    return new Unary<>(
        published.toBuilder(
                new LenientMarshaller<>(
                    published.getRequestMarshaller(), LenientMarshaller.UNREADABLE_REQUEST),
                published.getResponseMarshaller())
            .build(),
        handler);
  }

  private final class Unary<R extends MessageLite> {
    private final MethodDescriptor<Request, R> method;
    private final BiConsumer<UnaryCall<R>, Request> handler;

    Unary(MethodDescriptor<Request, R> method, BiConsumer<UnaryCall<R>, Request> handler) {
      this.method = method;
      this.handler = handler;
    }

    void addTo(ServerServiceDefinition.Builder definition) {
      definition.addMethod(
          method, (call, headers) -> UnaryCall.start(call, loop, openCalls, handler));
    }
  }
}

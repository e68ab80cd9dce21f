package parley.frontend.messenger;

import io.grpc.ServerServiceDefinition;
import parley.frontend.call.EncodedMarshaller;
import parley.frontend.call.Parts;
import parley.frontend.call.ServiceBuilder;
import parley.frontend.loop.FrontendLoop;
import parley.proto.hw2.Message;
import parley.proto.hw2.MessengerServerGrpc;
import parley.proto.hw2.Request;

/**
 * {@code hw2.MessengerServer}. Its Chat sends messages that are encoded already, and takes only as
 * many as it has asked for.
 */
public final class MessengerService {
  private static final Message UNREADABLE_MESSAGE = Message.newBuilder().build();
  private static final Request UNREADABLE_REQUEST = Request.newBuilder().build();

  private MessengerService() {}

  /** To be added to the server. */
  public static ServerServiceDefinition define(FrontendLoop loop, Parts parts) {
    Requests requests = new Requests(parts);
    return new ServiceBuilder(MessengerServerGrpc.getServiceDescriptor(), loop, parts.openCalls())
            .unary(MessengerServerGrpc.getLoginMethod(), UNREADABLE_REQUEST, requests::login)
            .unary(MessengerServerGrpc.getListMethod(), UNREADABLE_REQUEST, requests::list)
            .unary(MessengerServerGrpc.getJoinMethod(), UNREADABLE_REQUEST, requests::join)
            .unary(MessengerServerGrpc.getLeaveMethod(), UNREADABLE_REQUEST, requests::leave)
            .stream(
                MessengerServerGrpc.getChatMethod(),
                UNREADABLE_MESSAGE,
                new EncodedMarshaller(),
                call -> new Chat(parts, call))
            .build();
  }
}

package parley.frontend.api;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ResourceInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import parley.frontend.call.Answerable;
import parley.frontend.call.InputRules;
import parley.frontend.call.InvalidInput;
import parley.proto.v1.User;

/** Why a call cannot have what it wants: for people as text, for programs as google.rpc.Status. */
record Refusal(Status status, Metadata details) {
  private static final String USER_TYPE = User.getDescriptor().getFullName();

  /** The request itself is wrong. */
  static Refusal invalid(InvalidInput why) {
    BadRequest.FieldViolation field =
        BadRequest.FieldViolation.newBuilder()
            .setField(why.what())
            .setDescription(why.getMessage())
            .build();
    return of(
        Code.INVALID_ARGUMENT,
        why.getMessage(),
        BadRequest.newBuilder().addFieldViolations(field).build());
  }

  /** There is no user of that name. */
  static Refusal noUser(String name) {
    return ofUser(Code.NOT_FOUND, "there is no user named " + InputRules.shown(name), name);
  }

  /** There is a user of that name. */
  static Refusal userExists(String name) {
    return ofUser(
        Code.ALREADY_EXISTS, "there is a user named %s".formatted(InputRules.shown(name)), name);
  }

  /** The post is neither the writer's next one nor one that has been posted. */
  static Refusal outOfSequence(long sequence) {
    return new Refusal(
        Status.FAILED_PRECONDITION.withDescription(
            "sequence number %d is not the writer's next one, and has not been posted either"
                    .formatted(sequence)
                + "; one before it is missing, or the writer is unknown here"),
        new Metadata());
  }

  void end(Answerable call) {
    call.fail(status, details);
  }

  private static Refusal ofUser(Code code, String text, String name) {
    return of(
        code,
        text,
        ResourceInfo.newBuilder()
            .setResourceType(USER_TYPE)
            .setResourceName(name)
            .setDescription(text)
            .build());
  }

  private static Refusal of(Code code, String text, Message detail) {
    StatusRuntimeException encoded =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage(text)
                .addDetails(Any.pack(detail))
                .build());
    return new Refusal(encoded.getStatus(), encoded.getTrailers());
  }
}

package parley.frontend.api;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.PreconditionFailure;
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
  private static final String SEQUENCE_TYPE = "SEQUENCE";

  /** The request itself is wrong. */
  static Refusal invalid(InvalidInput why) {
    return of(Code.INVALID_ARGUMENT, why.getMessage(), field(why.what(), why.getMessage()));
  }

  /** There is no user of that name. */
  static Refusal noUser(NamedUser user) {
    return ofUser(Code.NOT_FOUND, "there is no user named " + InputRules.shown(user.name()), user);
  }

  /** There is a user of that name. */
  static Refusal userExists(NamedUser user) {
    return ofUser(
        Code.ALREADY_EXISTS, "there is a user named " + InputRules.shown(user.name()), user);
  }

  /**
   * The post is neither the writer's next one nor one that has been posted.
   *
   * @param field where the stream named its number
   */
  static Refusal outOfSequence(String field, long sequence) {
    String text =
        "sequence number %d is not the writer's next one, and has not been posted either"
                .formatted(sequence)
            + "; one before it is missing, or the writer is unknown here";
    return of(
        Code.FAILED_PRECONDITION,
        text,
        PreconditionFailure.newBuilder()
            .addViolations(
                PreconditionFailure.Violation.newBuilder()
                    .setType(SEQUENCE_TYPE)
                    .setSubject(field)
                    .setDescription(text))
            .build());
  }

  void end(Answerable call) {
    call.fail(status, details);
  }

  private static Refusal ofUser(Code code, String text, NamedUser user) {
    ResourceInfo who =
        ResourceInfo.newBuilder()
            .setResourceType(USER_TYPE)
            .setResourceName(user.name())
            .setDescription(text)
            .build();
    return of(code, text, who, field(user.field(), text));
  }

  private static BadRequest field(String field, String text) {
    return BadRequest.newBuilder()
        .addFieldViolations(
            BadRequest.FieldViolation.newBuilder().setField(field).setDescription(text))
        .build();
  }

  private static Refusal of(Code code, String text, Message... details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.getNumber()).setMessage(text);
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    StatusRuntimeException encoded = StatusProto.toStatusRuntimeException(status.build());
    return new Refusal(encoded.getStatus(), encoded.getTrailers());
  }
}

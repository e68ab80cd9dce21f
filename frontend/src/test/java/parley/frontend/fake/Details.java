package parley.frontend.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.stream.Stream;

/** Checks of errors with all their details. */
public final class Details {
  private Details() {}

  /** INVALID_ARGUMENT, and exactly one violation, of this field. */
  public static void assertInvalid(StatusRuntimeException error, String field, String text) {
    assertInvalid(error.getStatus(), error.getTrailers(), field, text);
  }

  public static void assertInvalid(ClientStream<?, ?> stream, String field, String text) {
    assertInvalid(stream.end(), stream.trailers(), field, text);
  }

  /** NOT_FOUND, naming this user, and the field that does. */
  public static void assertNoUser(StatusRuntimeException error, String field, String name) {
    assertUser(error.getStatus(), error.getTrailers(), Status.Code.NOT_FOUND, field, name);
  }

  public static void assertNoUser(ClientStream<?, ?> stream, String field, String name) {
    assertUser(stream.end(), stream.trailers(), Status.Code.NOT_FOUND, field, name);
  }

  /** ALREADY_EXISTS, naming this user, and the field that does. */
  public static void assertUserExists(StatusRuntimeException error, String field, String name) {
    assertUser(error.getStatus(), error.getTrailers(), Status.Code.ALREADY_EXISTS, field, name);
  }

  /** FAILED_PRECONDITION, and exactly one violation, of this type and subject. */
  public static void assertUnmet(
      ClientStream<?, ?> stream, String type, String subject, String text) {
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(stream.end().getDescription()).isEqualTo(text);
    List<Any> details = details(stream.end(), stream.trailers());
    assertThat(details).hasSize(1);
    assertThat(unpack(details.get(0), PreconditionFailure.class).getViolationsList())
        .containsExactly(
            PreconditionFailure.Violation.newBuilder()
                .setType(type)
                .setSubject(subject)
                .setDescription(text)
                .build());
  }

  /** Ends so, and with no details at all: there is no field to name. */
  public static void assertNamesNoField(RawCall call, Code code) {
    assertThat(call.end().getCode().value()).as(call.end().toString()).isEqualTo(code.getNumber());
    assertThat(details(call.end(), call.trailers())).isEmpty();
  }

  /** All fields that the details of a call's end name, whichever way. */
  public static List<String> namedFields(RawCall call) {
    return details(call.end(), call.trailers()).stream().flatMap(Details::namedFields).toList();
  }

  private static Stream<String> namedFields(Any detail) {
    if (detail.is(BadRequest.class)) {
      return unpack(detail, BadRequest.class).getFieldViolationsList().stream()
          .map(BadRequest.FieldViolation::getField);
    }
    if (detail.is(PreconditionFailure.class)) {
      return unpack(detail, PreconditionFailure.class).getViolationsList().stream()
          .map(PreconditionFailure.Violation::getSubject);
    }
    return Stream.empty();
  }

  private static void assertInvalid(Status status, Metadata trailers, String field, String text) {
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).isEqualTo(text);
    List<Any> details = details(status, trailers);
    assertThat(details).hasSize(1);
    assertField(details.get(0), field, text);
  }

  private static void assertUser(
      Status status, Metadata trailers, Status.Code code, String field, String name) {
    assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
    List<Any> details = details(status, trailers);
    assertThat(details).hasSize(2);
    ResourceInfo who = unpack(details.get(0), ResourceInfo.class);
    assertThat(who.getResourceType()).isEqualTo("parley.v1.User");
    assertThat(who.getResourceName()).isEqualTo(name);
    assertThat(who.getDescription()).isEqualTo(status.getDescription()).contains(name);
    assertField(details.get(1), field, status.getDescription());
  }

  private static void assertField(Any detail, String field, String text) {
    assertThat(unpack(detail, BadRequest.class).getFieldViolationsList())
        .containsExactly(
            BadRequest.FieldViolation.newBuilder().setField(field).setDescription(text).build());
  }

  private static List<Any> details(Status status, Metadata trailers) {
    return StatusProto.fromThrowable(status.asRuntimeException(trailers)).getDetailsList();
  }

  private static <T extends com.google.protobuf.Message> T unpack(Any detail, Class<T> type) {
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(detail.getTypeUrl(), e);
    }
  }
}

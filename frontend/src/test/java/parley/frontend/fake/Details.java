package parley.frontend.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ResourceInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;

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

  /** NOT_FOUND, naming this user. */
  public static void assertNoUser(StatusRuntimeException error, String name) {
    assertUser(error.getStatus(), error.getTrailers(), Status.Code.NOT_FOUND, name);
  }

  public static void assertNoUser(ClientStream<?, ?> stream, String name) {
    assertUser(stream.end(), stream.trailers(), Status.Code.NOT_FOUND, name);
  }

  /** ALREADY_EXISTS, naming this user. */
  public static void assertUserExists(StatusRuntimeException error, String name) {
    assertUser(error.getStatus(), error.getTrailers(), Status.Code.ALREADY_EXISTS, name);
  }

  private static void assertInvalid(Status status, Metadata trailers, String field, String text) {
    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).isEqualTo(text);
    BadRequest detail = unpack(status, trailers, BadRequest.class);
    assertThat(detail.getFieldViolationsList())
        .containsExactly(
            BadRequest.FieldViolation.newBuilder().setField(field).setDescription(text).build());
  }

  private static void assertUser(Status status, Metadata trailers, Status.Code code, String name) {
    assertThat(status.getCode()).as(status.toString()).isEqualTo(code);
    ResourceInfo detail = unpack(status, trailers, ResourceInfo.class);
    assertThat(detail.getResourceType()).isEqualTo("parley.v1.User");
    assertThat(detail.getResourceName()).isEqualTo(name);
    assertThat(detail.getDescription()).isEqualTo(status.getDescription()).contains(name);
  }

  private static <T extends com.google.protobuf.Message> T unpack(
      Status status, Metadata trailers, Class<T> type) {
    com.google.rpc.Status details = StatusProto.fromThrowable(status.asRuntimeException(trailers));
    assertThat(details.getDetailsList()).hasSize(1);
    Any detail = details.getDetails(0);
    try {
      return detail.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(detail.getTypeUrl(), e);
    }
  }
}

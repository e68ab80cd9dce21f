package parley.client.v1;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.rpc.BadRequest;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Optional;
import parley.client.v1.ParleyException.Kind;
import parley.proto.StatusWords;

/**
 * The one place that says what a status means: that the call has failed for good, or is to be tried
 * again.
 */
final class Failures {

  /** What servers of gRPC take if nothing else is set. */
  private static final int MESSAGE_BYTES_MAX = 4 << 20;

  private Failures() {}

  /** Why there is no sense in trying again; empty if there is. */
  static Optional<ParleyException> permanent(Status status) {
    Kind kind =
        switch (status.getCode()) {
          case INVALID_ARGUMENT, OUT_OF_RANGE -> Kind.INVALID;
          case NOT_FOUND -> Kind.NOT_FOUND;
          case ALREADY_EXISTS,
              FAILED_PRECONDITION,
              UNIMPLEMENTED,
              PERMISSION_DENIED,
              UNAUTHENTICATED,
              DATA_LOSS ->
              Kind.REFUSED;
          default -> null;
        };
    return Optional.ofNullable(kind)
        .map(k -> new ParleyException(k, words(status), status.asException()));
  }

  /**
   * A request that no message holds. The cluster could not say so: to it, gRPC breaks such a call
   * off as one that may be tried again.
   */
  static Optional<ParleyException> tooLarge(MessageLite request) {
    int bytes = request.getSerializedSize();
    return bytes <= MESSAGE_BYTES_MAX
        ? Optional.empty()
        : Optional.of(
            new ParleyException(
                Kind.INVALID,
                "the request has %,d bytes; no message holds more than %,d"
                    .formatted(bytes, MESSAGE_BYTES_MAX),
                null));
  }

  /** Whether it is about this field of a request, or one within that. */
  static boolean isAbout(String field, Throwable failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return false;
    }
    for (Any detail : status.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        return violations(detail).stream()
            .anyMatch(name -> name.equals(field) || name.startsWith(field + "."));
      }
    }
    return false;
  }

  private static List<String> violations(Any detail) {
    try {
      return detail.unpack(BadRequest.class).getFieldViolationsList().stream()
          .map(BadRequest.FieldViolation::getField)
          .toList();
    } catch (InvalidProtocolBufferException garbled) {
      return List.of();
    }
  }

  /** A status for people. */
  static String words(Status status) {
    if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
      return "it did not answer in time";
    }
    return StatusWords.of(status);
  }

  static ParleyException closed() {
    return new ParleyException(Kind.CLOSED, "the client was closed", null);
  }
}

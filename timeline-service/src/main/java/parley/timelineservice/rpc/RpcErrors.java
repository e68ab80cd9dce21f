package parley.timelineservice.rpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.proto.StatusWords;

/**
 * Every way in which a call can fail, with its gRPC status and a text for people, by what the
 * caller may believe: UNAVAILABLE and FAILED_PRECONDITION: elsewhere or later; RESOURCE_EXHAUSTED:
 * later; INVALID_ARGUMENT: never; INTERNAL: this host has a problem of its own.
 */
final class RpcErrors {

  private static final Logger log = LoggerFactory.getLogger(RpcErrors.class);

  private RpcErrors() {}

  /** For whatever was thrown while a call was served. */
  static StatusRuntimeException of(Throwable failure) {
    if (failure instanceof StatusRuntimeException status) {
      return status;
    }
    if (failure instanceof IllegalArgumentException) {
      return invalid(failure.getMessage());
    }
    if (failure instanceof RejectedExecutionException) {
      return Status.RESOURCE_EXHAUSTED
          .withDescription("Too many reads wait here already; try again, or at another host")
          .asRuntimeException();
    }
    log.error("A call failed", failure);
    return Status.INTERNAL
        .withDescription("This host could not answer; its log says why. Try another host")
        .asRuntimeException();
  }

  static StatusRuntimeException invalid(String text) {
    return Status.INVALID_ARGUMENT.withDescription(text).asRuntimeException();
  }

  static StatusRuntimeException noPrimary(int host) {
    return unavailable("Host " + host + " knows of no primary now; try again, or at another host");
  }

  static StatusRuntimeException secondHop(int host) {
    return Status.FAILED_PRECONDITION
        .withDescription("Host " + host + " is not the primary, and the call was passed on before")
        .asRuntimeException();
  }

  static StatusRuntimeException notApplied(int host, long upToIndex, long appliedIndex) {
    return Status.FAILED_PRECONDITION
        .withDescription(
            "Host %d has applied the timeline up to index %d, not yet up to %d"
                .formatted(host, appliedIndex, upToIndex))
        .asRuntimeException();
  }

  static StatusRuntimeException unavailable(String text) {
    return Status.UNAVAILABLE.withDescription(text).asRuntimeException();
  }

  /**
   * For a call that was passed on: whatever ended it at the host behind, the caller should try
   * again, unless the call itself was wrong.
   */
  static StatusRuntimeException passedOn(Status status, int primaryHost) {
    return switch (status.getCode()) {
      case INVALID_ARGUMENT, RESOURCE_EXHAUSTED, INTERNAL -> status.asRuntimeException();
      default ->
          unavailable(
              "The line to the primary, host "
                  + primaryHost
                  + ", ended: "
                  + StatusWords.of(status));
    };
  }
}

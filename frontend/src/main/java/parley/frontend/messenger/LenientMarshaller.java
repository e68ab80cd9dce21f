package parley.frontend.messenger;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import parley.proto.hw2.Message;
import parley.proto.hw2.Request;

/**
 * Turns a request that cannot be decoded into a marker, so that its call can be answered with a
 * text instead of being torn down: old clients send texts that are not UTF-8.
 */
final class LenientMarshaller<T extends MessageLite> implements Marshaller<T> {
  /** To be compared by identity. */
  static final Message UNREADABLE_MESSAGE = Message.newBuilder().setMsg("unreadable").build();

  /** To be compared by identity. */
  static final Request UNREADABLE_REQUEST = Request.newBuilder().setUsername("unreadable").build();

  private final Marshaller<T> strict;
  private final T unreadable;

  LenientMarshaller(Marshaller<T> strict, T unreadable) {
    this.strict = strict;
    this.unreadable = unreadable;
  }

  @Override
  public InputStream stream(T value) {
    return strict.stream(value);
  }

  @Override
  public T parse(InputStream stream) {
    try {
      return strict.parse(stream);
    } catch (StatusRuntimeException e) {
      return unreadable;
    }
  }
}

package parley.frontend.call;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * Turns a request that cannot be decoded into a marker, so that its call can be answered with a
 * text instead of being torn down: old clients send texts that are not UTF-8.
 */
final class LenientMarshaller<T> implements Marshaller<T> {
  private final Marshaller<T> strict;
  private final T unreadable;

  /**
   * @param unreadable the marker, to be compared by identity
   */
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

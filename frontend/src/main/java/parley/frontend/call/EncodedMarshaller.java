package parley.frontend.call;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Sends messages that are encoded already: one encoding serves all followers. */
public final class EncodedMarshaller implements Marshaller<byte[]> {

  @Override
  public InputStream stream(byte[] encoded) {
    return new EncodedMessage(encoded);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory failed", e);
    }
  }

  private static final class EncodedMessage extends ByteArrayInputStream
      implements KnownLength, Drainable {
    EncodedMessage(byte[] encoded) {
      super(encoded);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = available();
      transferTo(target);
      return length;
    }
  }
}

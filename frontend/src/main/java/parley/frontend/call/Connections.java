package parley.frontend.call;

import io.grpc.Attributes;
import io.grpc.ServerCall;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import parley.frontend.session.Presence;

/** Gives each client's connection an id, and tells {@link Presence} when it comes and goes. */
public final class Connections extends ServerTransportFilter {
  private static final Attributes.Key<Long> ID = Attributes.Key.create("parley-connection");

  private final Executor loop;
  private final Presence presence;
  private final AtomicLong lastId = new AtomicLong();

  /** Presence will be told on this loop. */
  public Connections(Executor loop, Presence presence) {
    this.loop = loop;
    this.presence = presence;
  }

  static long of(ServerCall<?, ?> call) {
    return call.getAttributes().get(ID);
  }

  @Override
  public Attributes transportReady(Attributes attributes) {
    long id = lastId.incrementAndGet();
    loop.execute(() -> presence.onConnected(id));
    return attributes.toBuilder().set(ID, id).build();
  }

  @Override
  public void transportTerminated(Attributes attributes) {
    // Null when the connection ended before it was ready.
    Long id = attributes == null ? null : attributes.get(ID);
    if (id != null) {
      loop.execute(() -> presence.onDisconnected(id));
    }
  }
}

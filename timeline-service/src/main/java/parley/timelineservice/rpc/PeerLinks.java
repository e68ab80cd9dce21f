package parley.timelineservice.rpc;

import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.timelineservice.paxos.Envelope;

/**
 * This replica's ways to all others: what the core sends goes out here. Delivery is what the core
 * expects of a network and no more: in order to each host while a connection lasts, and lost
 * whenever that host cannot be reached or does not read. Connections are opened and repaired
 * without being asked to.
 */
public final class PeerLinks implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PeerLinks.class);

  private final int maxMessageBytes;
  private final Map<Integer, PeerLink> links = new TreeMap<>();

  /**
   * Begins to connect to all of them.
   *
   * @param peers the other replicas' {@code address:port} by host number
   * @param maxMessageBytes longest message that the other side takes; what is longer is dropped
   */
  public PeerLinks(RpcThreads threads, Map<Integer, String> peers, int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
    peers.forEach(
        (host, address) -> links.put(host, new PeerLink(threads, host, address, maxMessageBytes)));
  }

  /**
   * Sends or drops; never blocks. Any thread may call; messages of one thread to one host keep
   * their order.
   */
  public void send(int host, Envelope envelope) {
    PeerLink link = links.get(host);
    if (link == null) {
      throw new IllegalArgumentException("Host " + host + " is not one of " + links.keySet());
    }
    parley.proto.replication.Envelope proto = MessageCodec.toProto(envelope);
    if (proto.getSerializedSize() > maxMessageBytes) {
      log.error(
          "Dropped for host {}: {} of {} bytes, and messages may have {}",
          host,
          envelope.message().getClass().getSimpleName(),
          proto.getSerializedSize(),
          maxMessageBytes);
      return;
    }
    link.send(proto);
  }

  /** Ends all connections; what is sent from now on is dropped. */
  @Override
  public void close() {
    links.values().forEach(PeerLink::close);
  }
}

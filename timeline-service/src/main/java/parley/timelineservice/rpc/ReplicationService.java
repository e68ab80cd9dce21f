package parley.timelineservice.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.proto.replication.Envelope;
import parley.proto.replication.Goodbye;
import parley.proto.replication.ReplicationGrpc;
import parley.timelineservice.runtime.Replica;

/**
 * Hands the other replicas' messages to this one, no faster than its loop takes them: HTTP/2 flow
 * control makes the sender wait for the rest.
 */
final class ReplicationService extends ReplicationGrpc.ReplicationImplBase {

  private static final Logger log = LoggerFactory.getLogger(ReplicationService.class);

  /** So many messages of one peer may be on their way to the loop. */
  static final int WINDOW = 64;

  private final Replica replica;
  // The stream that each host opened last.
  private final Map<Integer, PeerStream> newest = new ConcurrentHashMap<>();

  ReplicationService(Replica replica) {
    this.replica = replica;
  }

  @Override
  public StreamObserver<Envelope> deliver(StreamObserver<Goodbye> responses) {
    ServerCallStreamObserver<Goodbye> call = (ServerCallStreamObserver<Goodbye>) responses;
    call.disableAutoRequest();
    call.request(WINDOW);
    return new PeerStream(call);
  }

  private final class PeerStream implements StreamObserver<Envelope> {

    private final ServerCallStreamObserver<Goodbye> call;
    // Known from the first message; 0 before.
    private int host;
    private boolean ended;

    PeerStream(ServerCallStreamObserver<Goodbye> call) {
      this.call = call;
    }

    @Override
    public void onNext(Envelope proto) {
      if (ended) {
        return;
      }
      if (host == 0) {
        host = proto.getFrom();
        newest.put(host, this);
      }
      try {
        replica
            .onPeerMessage(MessageCodec.fromProto(proto))
            .whenComplete((taken, failure) -> call.request(1));
      } catch (RuntimeException e) {
        log.warn("Ending the stream of host {}: {}", proto.getFrom(), e.getMessage());
        end();
        call.onError(RpcErrors.of(e));
      }
    }

    @Override
    public void onError(Throwable brokenStream) {
      end();
    }

    @Override
    public void onCompleted() {
      if (!ended) {
        end();
        call.onNext(Goodbye.getDefaultInstance());
        call.onCompleted();
      }
    }

    private void end() {
      ended = true;
      // An older stream that breaks after the next one was opened says nothing about its host.
      if (newest.remove(host, this)) {
        replica.onPeerLost(host);
      }
    }
  }
}

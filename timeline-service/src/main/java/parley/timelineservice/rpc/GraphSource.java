package parley.timelineservice.rpc;

import com.google.protobuf.CodedOutputStream;
import java.util.Optional;
import parley.proto.store.FollowEdge;
import parley.proto.store.GraphChunk;
import parley.timelineservice.timeline.TimelineReads;

/** One copy of the graph in chunks: all names, then all follows; at least one chunk. */
final class GraphSource implements PacedStream.Source<GraphChunk> {

  /** A chunk is full at this size; the last element may go a little beyond. */
  static final int CHUNK_BYTES = 128 * 1024;

  private static final int TAG_BYTES = 2;

  private final TimelineReads reads;
  private TimelineReads.Graph graph;
  private int namesSent;
  private int followsSent;
  private boolean begun;

  GraphSource(TimelineReads reads) {
    this.reads = reads;
  }

  @Override
  public Optional<GraphChunk> next() {
    if (ended()) {
      return Optional.empty();
    }
    if (!begun) {
      graph = reads.graph();
      begun = true;
    }
    GraphChunk.Builder chunk = GraphChunk.newBuilder().setIndex(graph.index());
    int bytes = 0;
    while (bytes < CHUNK_BYTES && namesSent < graph.names().size()) {
      String name = graph.names().get(namesSent++);
      chunk.addNames(name);
      bytes += TAG_BYTES + CodedOutputStream.computeStringSizeNoTag(name);
    }
    while (bytes < CHUNK_BYTES && followsSent < graph.follows().size()) {
      FollowEdge edge = StoreCodec.toProto(graph.follows().get(followsSent++));
      chunk.addFollows(edge);
      bytes += TAG_BYTES + edge.getSerializedSize();
    }
    return Optional.of(chunk.build());
  }

  @Override
  public boolean ended() {
    return begun && namesSent == graph.names().size() && followsSent == graph.follows().size();
  }
}

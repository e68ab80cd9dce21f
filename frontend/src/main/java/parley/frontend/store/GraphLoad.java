package parley.frontend.store;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import parley.frontend.delivery.GraphSnapshot;
import parley.frontend.loop.FrontendLoop;
import parley.proto.store.GraphChunk;
import parley.proto.store.GraphRequest;
import parley.proto.store.StoreGrpc;

/** Fetches the social graph from one replica, once. */
final class GraphLoad extends LoopCall<GraphRequest, GraphChunk> {
  private static final int DEADLINE_S = 30;

  private final Consumer<GraphSnapshot> onLoaded;
  private final Consumer<String> onFailed;
  private final List<String> names = new ArrayList<>();
  private final List<GraphSnapshot.Edge> follows = new ArrayList<>();
  private long index = -1;

  GraphLoad(FrontendLoop loop, Consumer<GraphSnapshot> onLoaded, Consumer<String> onFailed) {
    super(loop, AUTOMATIC);
    this.onLoaded = onLoaded;
    this.onFailed = onFailed;
  }

  void open(Replicas replicas, int host) {
    StoreGrpc.newStub(replicas.channel(host))
        .withDeadlineAfter(DEADLINE_S, TimeUnit.SECONDS)
        .graph(GraphRequest.getDefaultInstance(), this);
  }

  @Override
  void onMessage(GraphChunk chunk) {
    index = chunk.getIndex();
    names.addAll(chunk.getNamesList());
    chunk
        .getFollowsList()
        .forEach(
            edge ->
                follows.add(
                    new GraphSnapshot.Edge(
                        edge.getFollower(), edge.getFollowee(), edge.getSinceIndex())));
  }

  @Override
  void onEnd(Status status) {
    if (!status.isOk()) {
      onFailed.accept(status.toString());
    } else if (index < 0) {
      onFailed.accept("it ended without naming an index");
    } else {
      onLoaded.accept(new GraphSnapshot(index, names, follows));
    }
  }
}

package parley.timelineservice.rpc;

import io.grpc.stub.StreamObserver;

/** Takes what a client still sends on a stream that was refused. */
final class IgnoredStream<T> implements StreamObserver<T> {

  @Override
  public void onNext(T message) {}

  @Override
  public void onError(Throwable brokenStream) {}

  @Override
  public void onCompleted() {}
}

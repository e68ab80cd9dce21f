package parley.frontend.app;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.coordinator.cluster.Settings;
import parley.frontend.fake.Ends;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.TestClient;

/** The frontend as a whole: its start, its health, its ends. */
class FrontendTest {

  private static ServingStatus health(ManagedChannel channel, String service) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  @Test
  void servesOnlyWithAPrimaryAndStartsWithoutOne() throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      cluster.store().dethrone();
      ManagedChannel channel = cluster.client(1).channel();
      for (String service : List.of("", "hw2.MessengerServer", "parley.v1.Parley")) {
        assertThat(health(channel, service)).isEqualTo(ServingStatus.NOT_SERVING);
      }
      cluster.store().changePrimary(2);
      for (String service : List.of("", "hw2.MessengerServer", "parley.v1.Parley")) {
        await().until(() -> health(channel, service) == ServingStatus.SERVING);
      }
    }
  }

  @Test
  void saysThatItDoesNotServeWhenItsPrimaryIsGoneForLong() throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      ManagedChannel channel = cluster.client(1).channel();
      await().until(() -> health(channel, "") == ServingStatus.SERVING);
      cluster.store().dethrone();
      await().until(() -> health(channel, "") == ServingStatus.NOT_SERVING);
      cluster.store().changePrimary(2);
      await().until(() -> health(channel, "") == ServingStatus.SERVING);
    }
  }

  @Test
  void saysWithItsHealthWhichHostItBelongsTo() throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      ManagedChannel channel = cluster.client(2).channel();
      AtomicReference<Metadata> headers = new AtomicReference<>();
      HealthGrpc.newBlockingStub(channel)
          .withInterceptors(
              MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()))
          .check(HealthCheckRequest.getDefaultInstance());
      assertThat(headers.get().get(Metadata.Key.of("parley-host", ASCII_STRING_MARSHALLER)))
          .isEqualTo("host2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hw2.MessengerServer.Chat, hw2/messenger.proto",
    "parley.v1.Parley.StreamPosts, parley/v1/parley.proto"
  })
  void reflectionDescribesThePublicInterfaces(String method, String file) throws Exception {
    assertThat(
            reflection(
                ServerReflectionRequest.newBuilder().setFileContainingSymbol(method).build()))
        .contains(file);
  }

  @Test
  void toolsFindEitherVersionOfReflection() throws Exception {
    assertThat(reflection(ServerReflectionRequest.newBuilder().setListServices("").build()))
        .contains("grpc.reflection.v1.ServerReflection")
        .contains("grpc.reflection.v1alpha.ServerReflection");
  }

  private static String reflection(ServerReflectionRequest question) throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      List<String> answers = new CopyOnWriteArrayList<>();
      StreamObserver<ServerReflectionRequest> questions =
          ServerReflectionGrpc.newStub(cluster.client(1).channel())
              .serverReflectionInfo(
                  new StreamObserver<ServerReflectionResponse>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                      answers.add(response.toString());
                    }

                    @Override
                    public void onError(Throwable error) {
                      answers.add(error.toString());
                    }

                    @Override
                    public void onCompleted() {}
                  });
      questions.onNext(question);
      await().until(() -> !answers.isEmpty());
      questions.onCompleted();
      return answers.get(0);
    }
  }

  @Test
  void callsThatWaitTooLongForAPrimaryAreToldSo() throws Exception {
    try (FakeCluster cluster = FakeCluster.with("callWaitMs", 1_000)) {
      cluster.store().dethrone();
      Status status = TestClient.failure(() -> cluster.client(1).login("someone"));
      assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(status.getDescription())
          .isEqualTo("no primary has answered within 1000 ms; try again");
    }
  }

  @Test
  void anAddressThatCannotBeHadIsAnError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(
              () ->
                  new Frontend(
                      1,
                      Map.of(1, new InetSocketAddress("127.0.0.1", 1)),
                      new InetSocketAddress("127.0.0.1", taken.getLocalPort()),
                      Settings.defaults(),
                      new Ends(new ArrayList<>())))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void theLoopShowsThatItTurns() throws Exception {
    try (FakeCluster cluster = new FakeCluster()) {
      cluster.store().dethrone();
      cluster.frontend(1).turn().toCompletableFuture().join();
    }
  }
}

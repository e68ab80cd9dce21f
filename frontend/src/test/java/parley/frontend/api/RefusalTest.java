package parley.frontend.api;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.frontend.fake.Details.assertNamesNoField;
import static parley.frontend.fake.Details.namedFields;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.frontend.call.EncodedMarshaller;
import parley.frontend.fake.FakeCluster;
import parley.frontend.fake.ParleyClient;
import parley.frontend.fake.RawCall;
import parley.proto.v1.CreatePostRequest;
import parley.proto.v1.CreateUserRequest;
import parley.proto.v1.FollowUserRequest;
import parley.proto.v1.GetUserRequest;
import parley.proto.v1.ListFolloweesRequest;
import parley.proto.v1.ListFollowersRequest;
import parley.proto.v1.ListHomeTimelineRequest;
import parley.proto.v1.ListPostsRequest;
import parley.proto.v1.ListUsersRequest;
import parley.proto.v1.ParleyGrpc;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.StreamPostsRequest.NewPost;
import parley.proto.v1.StreamPostsRequest.Opening;
import parley.proto.v1.UnfollowUserRequest;
import parley.proto.v1.WatchHomeTimelineRequest;

/**
 * Every refusal that the interface promises, by method and field: each one names the field of the
 * request that is at fault, and those that cannot name one say so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
  private static final long TO_COME = 1_000_000;
  private static final String FOREIGN = "x9.1";
  private static final long WRITER = 7;

  /** The largest message that gRPC takes unless it is told otherwise. */
  private static final int MESSAGE_BYTES_MAX = 4 << 20;

  /** A length of 127 bytes, and then none: no message of any type. */
  private static final byte[] NO_MESSAGE = {0x0a, 0x7f};

  /** An opening whose author is a lone byte of Latin 1. */
  private static final byte[] LATIN_1_OPENING = {0x0a, 0x03, 0x0a, 0x01, (byte) 0xe4};

  private FakeCluster cluster;
  private ParleyClient client;

  /**
   * @param method its name in the interface
   * @param field the path of the field at fault
   * @param requests all messages that the client sends
   */
  private record Refused(String method, Code code, String field, List<Message> requests) {
    MethodDescriptor<?, ?> descriptor() {
      return methods()
          .filter(called -> method.equals(called.getBareMethodName()))
          .findFirst()
          .orElseThrow();
    }

    @Override
    public String toString() {
      return "%s: %s in %s".formatted(method, code, field);
    }
  }

  @BeforeAll
  void start() throws Exception {
    cluster = new FakeCluster();
    client = cluster.parleyClient(1);
    cluster.store().createUsers("ann", "bob");
  }

  /** Else every call to a frontend that has failed would wait for its deadline. */
  @BeforeEach
  void checkThatTheFrontendLives() {
    assertThat(cluster.ends()).isEmpty();
  }

  @AfterAll
  void stop() {
    cluster.close();
    assertThat(cluster.ends()).isEmpty();
  }

  static Stream<Refused> refusals() {
    return Stream.of(
            ofUsers(), ofFollows(), ofListsOfFollows(), ofPosts(), ofStreams(), ofTimelines())
        .flatMap(refusals -> refusals);
  }

  private static Stream<Refused> ofUsers() {
    CreateUserRequest.Builder create = CreateUserRequest.newBuilder();
    GetUserRequest.Builder get = GetUserRequest.newBuilder();
    ListUsersRequest.Builder list = ListUsersRequest.newBuilder();
    return Stream.of(
        invalid("CreateUser", "name", create.setName("").build()),
        invalid("CreateUser", "name", create.setName("a\nb").build()),
        invalid("CreateUser", "name", create.setName("x".repeat(65)).build()),
        refused("CreateUser", Code.ALREADY_EXISTS, "name", create.setName("ann").build()),
        invalid("GetUser", "name", get.setName("").build()),
        refused("GetUser", Code.NOT_FOUND, "name", get.setName("nobody").build()),
        invalid("ListUsers", "page_size", list.clone().setPageSize(-1).build()),
        invalid("ListUsers", "page_size", list.clone().setPageSize(1_001).build()),
        invalid("ListUsers", "page_token", list.clone().setPageToken(FOREIGN).build()),
        invalid("ListUsers", "page_token", list.setPageToken(Token.USERS.of(0, TO_COME)).build()));
  }

  private static Stream<Refused> ofFollows() {
    FollowUserRequest.Builder follow = FollowUserRequest.newBuilder();
    UnfollowUserRequest.Builder unfollow = UnfollowUserRequest.newBuilder();
    return Stream.of(
        invalid("FollowUser", "follower", follow.clone().setFollowee("ann").build()),
        invalid("FollowUser", "followee", follow.clone().setFollower("ann").build()),
        invalid("FollowUser", "followee", follow.setFollower("ann").setFollowee("ann").build()),
        noUser("FollowUser", "follower", follow.setFollower("nobody").build()),
        noUser("FollowUser", "followee", follow.setFollower("ann").setFollowee("none").build()),
        invalid("UnfollowUser", "follower", unfollow.clone().setFollowee("ann").build()),
        invalid("UnfollowUser", "followee", unfollow.clone().setFollower("ann").build()),
        invalid("UnfollowUser", "followee", unfollow.setFollower("ann").setFollowee("ann").build()),
        noUser("UnfollowUser", "follower", unfollow.setFollower("nobody").build()),
        noUser(
            "UnfollowUser", "followee", unfollow.setFollower("ann").setFollowee("none").build()));
  }

  private static Stream<Refused> ofListsOfFollows() {
    ListFolloweesRequest.Builder followees = ListFolloweesRequest.newBuilder().setUser("ann");
    ListFollowersRequest.Builder followers = ListFollowersRequest.newBuilder().setUser("ann");
    String followeesToCome = Token.FOLLOWEES.of(TO_COME);
    String followersToCome = Token.FOLLOWERS.of(0, TO_COME);
    return Stream.of(
        invalid("ListFollowees", "user", followees.clone().setUser("").build()),
        noUser("ListFollowees", "user", followees.clone().setUser("nobody").build()),
        invalid("ListFollowees", "page_size", followees.clone().setPageSize(-1).build()),
        invalid("ListFollowees", "page_token", followees.clone().setPageToken(FOREIGN).build()),
        invalid("ListFollowees", "page_token", followees.setPageToken(followeesToCome).build()),
        invalid("ListFollowers", "user", followers.clone().setUser("").build()),
        noUser("ListFollowers", "user", followers.clone().setUser("nobody").build()),
        invalid("ListFollowers", "page_size", followers.clone().setPageSize(-1).build()),
        invalid("ListFollowers", "page_token", followers.clone().setPageToken(FOREIGN).build()),
        invalid("ListFollowers", "page_token", followers.setPageToken(followersToCome).build()));
  }

  private static Stream<Refused> ofPosts() {
    CreatePostRequest.Builder post =
        CreatePostRequest.newBuilder().setAuthor("ann").setText("x").setRequestId("id");
    return Stream.of(
        invalid("CreatePost", "author", post.clone().setAuthor("").build()),
        noUser("CreatePost", "author", post.clone().setAuthor("nobody").build()),
        invalid("CreatePost", "text", post.clone().setText("x".repeat(4_097)).build()),
        invalid("CreatePost", "request_id", post.clone().setRequestId("").build()),
        invalid("CreatePost", "request_id", post.clone().setRequestId("i".repeat(65)).build()));
  }

  private static Stream<Refused> ofStreams() {
    StreamPostsRequest opening = opening("ann", WRITER);
    return Stream.of(
        invalid("StreamPosts", "opening", post(1, "x")),
        invalid("StreamPosts", "opening.author", opening("", WRITER)),
        noUser("StreamPosts", "opening.author", opening("nobody", WRITER)),
        invalid("StreamPosts", "opening.writer", opening("ann", 0)),
        invalid("StreamPosts", "post", opening, opening),
        invalid("StreamPosts", "post.sequence", opening, post(0, "x")),
        invalid("StreamPosts", "post.text", opening, post(1, "x".repeat(4_097))),
        refused("StreamPosts", Code.FAILED_PRECONDITION, "post.sequence", opening, post(2, "x")));
  }

  private static Stream<Refused> ofTimelines() {
    ListPostsRequest.Builder posts = ListPostsRequest.newBuilder().setAuthor("ann");
    ListHomeTimelineRequest.Builder home = ListHomeTimelineRequest.newBuilder().setUser("ann");
    WatchHomeTimelineRequest.Builder watch = WatchHomeTimelineRequest.newBuilder().setUser("ann");
    String homeToCome = Token.HOME_TIMELINE.of(0, TO_COME);
    String homeBackwards = Token.HOME_TIMELINE.of(1, 0);
    String cursorToCome = Token.CURSOR.of(TO_COME);
    return Stream.of(
        invalid("ListPosts", "author", posts.clone().setAuthor("").build()),
        noUser("ListPosts", "author", posts.clone().setAuthor("nobody").build()),
        invalid("ListPosts", "page_size", posts.clone().setPageSize(-1).build()),
        invalid("ListPosts", "page_token", posts.clone().setPageToken(FOREIGN).build()),
        invalid("ListPosts", "page_token", posts.setPageToken(Token.POSTS.of(TO_COME)).build()),
        invalid("ListHomeTimeline", "user", home.clone().setUser("").build()),
        noUser("ListHomeTimeline", "user", home.clone().setUser("nobody").build()),
        invalid("ListHomeTimeline", "page_size", home.clone().setPageSize(-1).build()),
        invalid("ListHomeTimeline", "page_token", home.clone().setPageToken(FOREIGN).build()),
        invalid("ListHomeTimeline", "page_token", home.clone().setPageToken(homeToCome).build()),
        invalid("ListHomeTimeline", "page_token", home.setPageToken(homeBackwards).build()),
        invalid("WatchHomeTimeline", "user", watch.clone().setUser("").build()),
        noUser("WatchHomeTimeline", "user", watch.clone().setUser("nobody").build()),
        invalid("WatchHomeTimeline", "cursor", watch.clone().setCursor(FOREIGN).build()),
        invalid("WatchHomeTimeline", "cursor", watch.setCursor(cursorToCome).build()));
  }

  private static Refused invalid(String method, String field, Message... requests) {
    return refused(method, Code.INVALID_ARGUMENT, field, requests);
  }

  private static Refused noUser(String method, String field, Message... requests) {
    return refused(method, Code.NOT_FOUND, field, requests);
  }

  private static Refused refused(String method, Code code, String field, Message... requests) {
    return new Refused(method, code, field, List.of(requests));
  }

  private static StreamPostsRequest opening(String author, long writer) {
    return StreamPostsRequest.newBuilder()
        .setOpening(Opening.newBuilder().setAuthor(author).setWriter(writer))
        .build();
  }

  private static StreamPostsRequest post(long sequence, String text) {
    return StreamPostsRequest.newBuilder()
        .setPost(NewPost.newBuilder().setSequence(sequence).setText(text))
        .build();
  }

  static Stream<MethodDescriptor<?, ?>> methods() {
    return ParleyGrpc.getServiceDescriptor().getMethods().stream().map(method -> method);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void aRefusalNamesItsField(Refused refused) {
    RawCall call = call(refused.descriptor(), refused.requests());
    assertThat(call.end().getCode().value()).isEqualTo(refused.code().getNumber());
    assertThat(namedFields(call)).containsExactly(refused.field());
  }

  @Test
  void everyFieldOfEveryRequestCanBeRefused() {
    Set<String> refused =
        refusals()
            .filter(refusal -> refusal.code() == Code.INVALID_ARGUMENT)
            .map(refusal -> refusal.method() + " " + refusal.field())
            .collect(Collectors.toSet());
    assertThat(refused)
        .containsExactlyInAnyOrderElementsOf(
            methods()
                .flatMap(
                    method ->
                        fields("", request(method)).map(f -> method.getBareMethodName() + " " + f))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void bytesThatAreNoMessageAreRefusedWithoutAField(MethodDescriptor<?, ?> method) {
    assertNamesNoField(callBytes(method, List.of(NO_MESSAGE)), Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aCallWithoutAMessageIsRefusedWithoutAField(MethodDescriptor<?, ?> method) {
    assertNamesNoField(callBytes(method, List.of()), Code.INVALID_ARGUMENT);
  }

  @Test
  void aStreamsTextThatIsNotUtf8IsRefusedWithoutAField() {
    assertNamesNoField(
        callBytes(ParleyGrpc.getStreamPostsMethod(), List.of(LATIN_1_OPENING)),
        Code.INVALID_ARGUMENT);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aMessageOfMoreThanFourMegabytesIsRefusedWithoutAField(MethodDescriptor<?, ?> method) {
    // A stream's headers have left by then, and gRPC can only break it off.
    Code code = method.getType() == MethodType.UNARY ? Code.RESOURCE_EXHAUSTED : Code.CANCELLED;
    assertNamesNoField(callBytes(method, List.of(new byte[MESSAGE_BYTES_MAX + 1])), code);
  }

  private RawCall call(MethodDescriptor<?, ?> method, Collection<Message> requests) {
    return callBytes(method, requests.stream().map(Message::toByteArray).toList());
  }

  private RawCall callBytes(MethodDescriptor<?, ?> method, List<byte[]> requests) {
    return RawCall.start(client.channel(), method, new EncodedMarshaller(), requests);
  }

  private static Descriptor request(MethodDescriptor<?, ?> method) {
    return ((ProtoMethodDescriptorSupplier) method.getSchemaDescriptor())
        .getMethodDescriptor()
        .getInputType();
  }

  /** The paths of all fields but times, which are shown to people and never judged. */
  private static Stream<String> fields(String prefix, Descriptor message) {
    return message.getFields().stream()
        .filter(field -> !isTime(field))
        .flatMap(
            field -> {
              String path = prefix + field.getName();
              Stream<String> inner =
                  field.getJavaType() == JavaType.MESSAGE
                      ? fields(path + ".", field.getMessageType())
                      : Stream.empty();
              return Stream.concat(Stream.of(path), inner);
            });
  }

  private static boolean isTime(FieldDescriptor field) {
    return field.getJavaType() == JavaType.MESSAGE
        && field.getMessageType().equals(Timestamp.getDescriptor());
  }
}

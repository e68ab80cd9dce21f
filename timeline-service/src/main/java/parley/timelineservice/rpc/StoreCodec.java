package parley.timelineservice.rpc;

import com.google.protobuf.UnsafeByteOperations;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import parley.proto.store.Applied;
import parley.proto.store.Claimed;
import parley.proto.store.FollowEdge;
import parley.proto.store.FrontendMessage;
import parley.proto.store.HistoryReply;
import parley.proto.store.IndexedPost;
import parley.proto.store.IsHeld;
import parley.proto.store.LogSlot;
import parley.proto.store.Post;
import parley.proto.store.PrimaryMessage;
import parley.proto.store.ReadConfirmed;
import parley.proto.store.Registered;
import parley.proto.store.Released;
import parley.proto.store.Submitted;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.ToFrontend;
import parley.timelineservice.runtime.News;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Outcome;
import parley.timelineservice.timeline.TimelineReads;

/** Gives what frontends and replicas say to each other its wire form and back. */
final class StoreCodec {

  private static final List<parley.proto.store.Outcome> OUTCOMES =
      List.of(Outcome.values()).stream().map(StoreCodec::outcome).toList();

  private StoreCodec() {}

  /**
   * A frontend's message.
   *
   * @throws IllegalArgumentException for one that no frontend of this release sends
   */
  static FromFrontend fromProto(FrontendMessage proto) {
    return switch (proto.getKindCase()) {
      case HELLO ->
          new FromFrontend.Hello(
              proto.getHello().getHost(),
              proto.getHello().getIncarnation(),
              List.copyOf(proto.getHello().getNamesList()),
              proto.getHello().getComplete(),
              proto.getHello().getRegister(),
              proto.getHello().getReplaces());
      case SUBMIT ->
          new FromFrontend.Submit(
              proto.getSubmit().getClient(),
              proto.getSubmit().getFirstNumber(),
              proto.getSubmit().getCount(),
              proto.getSubmit().getEntries().toByteArray(),
              proto.getSubmit().getAcknowledgedNumber());
      case CONFIRM_READ -> new FromFrontend.ConfirmRead(proto.getConfirmRead().getId());
      case CLAIM ->
          new FromFrontend.Claim(
              proto.getClaim().getId(), proto.getClaim().getName(), proto.getClaim().getJoin());
      case RELEASE ->
          new FromFrontend.Release(proto.getRelease().getId(), proto.getRelease().getName());
      case HELD -> new FromFrontend.Held(proto.getHeld().getId(), proto.getHeld().getHeld());
      case KIND_NOT_SET ->
          throw new IllegalArgumentException("A message of a kind that is not known here");
    };
  }

  static PrimaryMessage toProto(ToFrontend message) {
    PrimaryMessage.Builder proto = PrimaryMessage.newBuilder();
    if (message instanceof ToFrontend.Registered registered) {
      proto.setRegistered(Registered.newBuilder().setCurrent(registered.current()));
    } else if (message instanceof ToFrontend.Submitted submitted) {
      Submitted.Builder builder =
          Submitted.newBuilder()
              .setFirstNumber(submitted.firstNumber())
              .setLastIndex(submitted.lastIndex());
      submitted.outcomes().forEach(outcome -> builder.addOutcomes(OUTCOMES.get(outcome.ordinal())));
      proto.setSubmitted(builder);
    } else if (message instanceof ToFrontend.Resend resend) {
      proto.setSubmitted(
          Submitted.newBuilder()
              .setFirstNumber(resend.firstNumber())
              .setResendFromNumber(resend.fromNumber()));
    } else if (message instanceof ToFrontend.UnknownClient unknown) {
      proto.setSubmitted(
          Submitted.newBuilder().setFirstNumber(unknown.firstNumber()).setUnknownClient(true));
    } else if (message instanceof ToFrontend.ReadConfirmed confirmed) {
      proto.setReadConfirmed(
          ReadConfirmed.newBuilder().setId(confirmed.id()).setIndex(confirmed.index()));
    } else if (message instanceof ToFrontend.Claimed claimed) {
      proto.setClaimed(Claimed.newBuilder().setId(claimed.id()).setGranted(claimed.granted()));
    } else if (message instanceof ToFrontend.Released released) {
      proto.setReleased(Released.newBuilder().setId(released.id()));
    } else if (message instanceof ToFrontend.IsHeld isHeld) {
      proto.setIsHeld(IsHeld.newBuilder().setId(isHeld.id()).setName(isHeld.name()));
    } else {
      throw new IllegalStateException("No wire form for " + message.getClass().getName());
    }
    return proto.build();
  }

  /** The primary's address is looked up in {@code addresses}. */
  static parley.proto.store.News toProto(News news, Map<Integer, String> addresses) {
    return parley.proto.store.News.newBuilder()
        .setHost(news.host())
        .setEpoch(news.epoch())
        .setPrimaryHost(news.primaryHost())
        .setPrimaryAddress(addresses.getOrDefault(news.primaryHost(), ""))
        .setServing(news.serving())
        .setAppliedIndex(news.appliedIndex())
        .setAppliedSlot(news.appliedSlot())
        .setCommittedSlot(news.committedSlot())
        .setPrimarySilentMs(news.primarySilentMs())
        .build();
  }

  static Applied toProto(TimelineReads.Run run) {
    return Applied.newBuilder()
        .setFirstIndex(run.firstIndex())
        .setCount(run.count())
        .setEntries(UnsafeByteOperations.unsafeWrap(run.entries()))
        .build();
  }

  static FollowEdge toProto(TimelineReads.Edge edge) {
    return FollowEdge.newBuilder()
        .setFollower(edge.follower())
        .setFollowee(edge.followee())
        .setSinceIndex(edge.sinceIndex())
        .build();
  }

  /**
   * @param posts oldest first
   * @param maxBytes soft bound: older posts that do not fit are left out, but never all of them
   */
  static HistoryReply toProto(List<TimelineReads.IndexedPost> posts, int maxBytes) {
    Deque<IndexedPost> fitting = new ArrayDeque<>();
    int bytes = 0;
    for (int i = posts.size() - 1; i >= 0 && bytes < maxBytes; i--) {
      IndexedPost post = toProto(posts.get(i));
      bytes += post.getSerializedSize();
      fitting.addFirst(post);
    }
    return HistoryReply.newBuilder()
        .addAllPosts(fitting)
        .setCut(fitting.size() < posts.size())
        .build();
  }

  private static IndexedPost toProto(TimelineReads.IndexedPost indexed) {
    Command.Post post = indexed.post();
    return IndexedPost.newBuilder()
        .setIndex(indexed.index())
        .setPost(
            Post.newBuilder()
                .setAuthor(post.author())
                .setText(post.text())
                .setSeconds(post.seconds())
                .setNanos(post.nanos())
                .setHasTime(post.hasTime())
                .setWriter(post.key().writer())
                .setSequence(post.key().sequence()))
        .build();
  }

  static LogSlot toProto(TimelineReads.Slot slot) {
    return LogSlot.newBuilder()
        .setSlot(slot.slot())
        .setEpoch(slot.epoch())
        .setCount(slot.count())
        .setEntries(UnsafeByteOperations.unsafeWrap(slot.entries()))
        .build();
  }

  private static parley.proto.store.Outcome outcome(Outcome outcome) {
    return switch (outcome) {
      case DONE -> parley.proto.store.Outcome.DONE;
      case USER_EXISTS -> parley.proto.store.Outcome.USER_EXISTS;
      case INVALID_USER -> parley.proto.store.Outcome.INVALID_USER;
      case ALREADY_FOLLOWING -> parley.proto.store.Outcome.ALREADY_FOLLOWING;
      case NOT_FOLLOWING -> parley.proto.store.Outcome.NOT_FOLLOWING;
      case ALREADY_POSTED -> parley.proto.store.Outcome.ALREADY_POSTED;
      case OUT_OF_SEQUENCE -> parley.proto.store.Outcome.OUT_OF_SEQUENCE;
    };
  }
}

package parley.frontend.api;

import io.grpc.Metadata;
import io.grpc.Status;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.StreamCall;
import parley.frontend.store.Command;
import parley.frontend.store.Lane;
import parley.frontend.store.Outcome;
import parley.frontend.store.PlaceListener;
import parley.proto.v1.StreamPostsRequest;
import parley.proto.v1.StreamPostsRequest.NewPost;
import parley.proto.v1.StreamPostsRequest.Opening;
import parley.proto.v1.StreamPostsResponse;

/**
 * One StreamPosts from its opening to its end.
 *
 * <p>A post counts as under way from its arrival until its acknowledgement was written: so a client
 * that does not take its acknowledgements may send no more posts. Its text is held only until its
 * place is known. Posts that were taken are committed, however the stream ends. Owned by the loop.
 */
final class PostStream extends OpeningStream<StreamPostsRequest, StreamPostsResponse>
    implements PlaceListener {
  private static final String SEQUENCE = "post.sequence";

  private final Parts parts;
  private final Readings readings;
  private final EarlierPosts earlierPosts;
  private final EndOfTurn endOfTurn;
  private final Lane lane;
  private final Acknowledgements acknowledgements = new Acknowledgements();
  private String author;
  private long writer;
  private boolean authorExists;
  private boolean halfClosed;
  private boolean acknowledging;
  private boolean finding;

  /** How the stream ends when everything before the post that is refused is acknowledged. */
  private Refusal refusal;

  /** Messages that the client may send and has not sent. */
  private int requested;

  /** Posts that were taken and are not acknowledged. */
  private int underWay;

  PostStream(
      Parts parts,
      Readings readings,
      EarlierPosts earlierPosts,
      EndOfTurn endOfTurn,
      StreamCall<StreamPostsRequest, StreamPostsResponse> client) {
    super(parts.openCalls(), client);
    this.parts = parts;
    this.readings = readings;
    this.earlierPosts = earlierPosts;
    this.endOfTurn = endOfTurn;
    this.lane = parts.outbox().placedLane(this);
    parts.budget().addStream();
    request(1);
  }

  @Override
  void onFirst(StreamPostsRequest message) throws InvalidInput {
    requested--;
    if (!message.hasOpening()) {
      throw new InvalidInput("opening", "the first message has no opening");
    }
    Opening opening = message.getOpening();
    parts.rules().checkName("opening.author", opening.getAuthor());
    if (opening.getWriter() == 0) {
      throw new InvalidInput(
          "opening.writer", "the opening.writer is 0; draw another number at random");
    }
    author = opening.getAuthor();
    writer = opening.getWriter();
    readings.whenKnown(this, this::open, new NamedUser("opening.author", author));
  }

  @Override
  void onFurther(StreamPostsRequest message) throws InvalidInput {
    requested--;
    if (!message.hasPost()) {
      throw new InvalidInput(
          "post", "a message has no post; only the first one has an opening instead");
    }
    NewPost post = message.getPost();
    if (post.getSequence() < 1) {
      throw new InvalidInput(
          SEQUENCE,
          "the post.sequence is %d; a writer's posts are numbered from 1"
              .formatted(post.getSequence()));
    }
    parts.rules().checkText("post.text", post.getText());
    if (refusal != null) {
      return;
    }
    take(
        Posts.command(
            author,
            post.getText(),
            post.getAuthorTime(),
            post.hasAuthorTime(),
            writer,
            post.getSequence()));
    maybeRequest();
  }

  @Override
  void onLast() {
    halfClosed = true;
    maybeEnd();
  }

  @Override
  public void onReady() {
    acknowledgeSoon();
  }

  @Override
  public void onPlaced(Command command, Outcome outcome, long index) {
    Command.Post post = (Command.Post) command;
    parts.budget().release(post);
    if (!isOpen() || refusal != null) {
      return;
    }
    switch (outcome) {
      case DONE -> acknowledgements.addPlaced(post.sequence(), index);
      case ALREADY_POSTED -> acknowledgements.addEarlier(post.sequence());
      case OUT_OF_SEQUENCE -> refusal = Refusal.outOfSequence(SEQUENCE, post.sequence());
      default ->
          throw new IllegalStateException("a keyed post by a user who exists came to " + outcome);
    }
    acknowledgeSoon();
  }

  @Override
  void onEnd() {
    parts.budget().removeStream();
  }

  private void open() {
    opened();
    authorExists = true;
    maybeRequest();
    maybeEnd();
  }

  private void take(Command.Post post) {
    underWay++;
    parts.budget().take(post);
    lane.add(post);
  }

  private void acknowledgeSoon() {
    if (!acknowledging && isOpen()) {
      acknowledging = true;
      endOfTurn.add(this::acknowledge);
    }
  }

  private void acknowledge() {
    acknowledging = false;
    if (!isOpen() || !client().isReady()) {
      return;
    }
    StreamPostsResponse response = acknowledgements.poll();
    if (response.getAcknowledgementsCount() > 0) {
      client().send(response);
      underWay -= response.getAcknowledgementsCount();
      maybeRequest();
    }
    maybeFind();
    maybeEnd();
  }

  /** Several posts, as a rule all that a client sends again, need one search. */
  private void maybeFind() {
    if (!finding && acknowledgements.mustFind()) {
      finding = true;
      long upTo = acknowledgements.mustFindUpTo();
      earlierPosts.find(
          this,
          author,
          writer,
          // Else this stream's own new posts could hide them.
          acknowledgements::mustFindBefore,
          found -> {
            finding = false;
            acknowledgements.onFound(found, upTo);
            acknowledgeSoon();
          });
    }
  }

  private void maybeRequest() {
    if (authorExists && !halfClosed && isOpen() && refusal == null) {
      request(parts.budget().grant(underWay, requested));
    }
  }

  private void request(int messages) {
    if (messages > 0) {
      requested += messages;
      client().request(messages);
    }
  }

  private void maybeEnd() {
    if (refusal != null && acknowledgements.isEmpty()) {
      refusal.end(this);
    } else if (halfClosed && authorExists && underWay == 0) {
      end(Status.OK, new Metadata());
    }
  }
}

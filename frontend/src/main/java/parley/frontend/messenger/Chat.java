package parley.frontend.messenger;

import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.frontend.call.InputRules;
import parley.frontend.call.InvalidInput;
import parley.frontend.call.Parts;
import parley.frontend.call.StreamCall;
import parley.frontend.call.StreamHandler;
import parley.frontend.delivery.Graph;
import parley.frontend.delivery.Subscriber;
import parley.frontend.delivery.Subscription;
import parley.frontend.session.Stay;
import parley.frontend.store.Command;
import parley.frontend.store.HistoryReader;
import parley.frontend.store.Lane;
import parley.frontend.store.Outcome;
import parley.frontend.store.OutcomeListener;
import parley.frontend.store.PlacedPost;
import parley.frontend.store.ReadConfirmations;
import parley.proto.hw2.Message;

/**
 * One Chat from its first message to its end.
 *
 * <p>Opening: the user must exist as of an index that the primary has confirmed; then the user
 * counts as connected; then history is read as of the newest applied index, and live delivery
 * starts behind it. Posts are taken from the moment the user is known to exist. After the client's
 * half-close the stream ends with OK when all its posts are committed and the primary has confirmed
 * that the user is no longer connected; history that was asked for before is still sent, live posts
 * are not. Posts that were taken are committed, however the stream ends. Owned by the loop.
 */
final class Chat
    implements StreamHandler<Message>,
        Subscriber,
        OutcomeListener,
        ReadConfirmations.Read,
        HistoryReader.Viewer {
  private static final String FIRST_TEXT = "Set Stream";
  private static final String USER_NAME = "user name";

  private static final Logger LOG = LoggerFactory.getLogger(Chat.class);

  private final Parts parts;
  private final StreamCall<Message, byte[]> client;
  private final Lane lane;

  private String name;
  private boolean userExists;
  private Stay stay;
  private Subscription subscription;
  private boolean historySent;
  private boolean halfClosed;
  private boolean leaving;
  private boolean ended;

  /** Messages that the client may send and has not sent. */
  private int requested;

  /** Posts that were taken and are not committed. */
  private int underWay;

  Chat(Parts parts, StreamCall<Message, byte[]> client) {
    this.parts = parts;
    this.client = client;
    this.lane = parts.outbox().lane(this);
    parts.budget().addStream();
    request(1);
  }

  @Override
  public void onMessage(Message message) {
    if (ended) {
      return;
    }
    requested--;
    try {
      if (name == null) {
        onFirst(message);
      } else {
        onPost(message);
      }
    } catch (InvalidInput e) {
      end(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
    }
    maybeRequest();
  }

  @Override
  public void onUnreadable() {
    end(
        Status.INVALID_ARGUMENT.withDescription(
            "the message cannot be decoded: is its text valid UTF-8?"));
  }

  @Override
  public void onHalfClose() {
    halfClosed = true;
    endDelivery();
    if (name == null) {
      end(Status.OK);
    }
    maybeLeave();
  }

  @Override
  public void onCancel() {
    end(Status.CANCELLED);
  }

  @Override
  public void onReady() {
    if (subscription != null) {
      parts.timeline().fanout().onReady(subscription);
    }
  }

  @Override
  public void onBroken(Status status) {
    end(status);
  }

  @Override
  public boolean isReady() {
    return client.isReady();
  }

  @Override
  public void deliver(long index, byte[] message) {
    client.send(message);
  }

  @Override
  public boolean isWanted() {
    return !ended;
  }

  /** The timeline here is up to date: the user exists in it or not at all. */
  @Override
  public void onCurrent() {
    if (ended) {
      return;
    }
    if (!parts.timeline().graph().contains(name)) {
      end(Replies.unknownUser(name));
      return;
    }
    userExists = true;
    maybeRequest();
    stay = parts.presence().enterChat(client.connection(), name, this::onConnected);
  }

  @Override
  public void onHistory(List<PlacedPost> posts, boolean complete) {
    if (ended) {
      return;
    }
    posts.forEach(post -> client.send(OutgoingMessages.encodeAsHistory(post.post())));
    historySent = true;
    if (subscription != null) {
      parts.timeline().fanout().start(subscription);
    }
    maybeLeave();
  }

  @Override
  public void onOutcome(Command command, Outcome outcome) {
    underWay--;
    parts.budget().release((Command.Post) command);
    if (outcome != Outcome.DONE) {
      LOG.error("A post by '{}' came to nothing: {}.", name, outcome);
    }
    maybeRequest();
    maybeLeave();
  }

  private void onFirst(Message message) throws InvalidInput {
    parts.rules().checkName(USER_NAME, message.getUsername());
    if (!message.getMsg().equals(FIRST_TEXT)) {
      throw new InvalidInput(
          "text",
          "the first message of a Chat must have the text '%s', not %s"
              .formatted(FIRST_TEXT, InputRules.shown(message.getMsg())));
    }
    name = message.getUsername();
    userExists = parts.timeline().graph().contains(name);
    parts.reads().read(this);
  }

  private void onPost(Message message) throws InvalidInput {
    if (!message.getUsername().equals(name)) {
      throw new InvalidInput(
          USER_NAME,
          "this Chat belongs to %s, but a message names %s as its author"
              .formatted(InputRules.shown(name), InputRules.shown(message.getUsername())));
    }
    parts.rules().checkText("text", message.getMsg());
    Command.Post post =
        new Command.Post(
            name,
            message.getMsg(),
            message.getTimestamp().getSeconds(),
            message.getTimestamp().getNanos(),
            message.hasTimestamp());
    underWay++;
    parts.budget().take(post);
    lane.add(post);
  }

  private void onConnected(Stay counted) {
    if (ended) {
      return;
    }
    stay = counted;
    Graph graph = parts.timeline().graph();
    int user = graph.idOf(name);
    if (!halfClosed) {
      subscription = parts.timeline().fanout().subscribe(user, this);
    }
    parts
        .history()
        .readFollowees(parts.timeline().appliedIndex(), parts.historyPosts(), graph, user, this);
  }

  private void maybeRequest() {
    if (userExists && !halfClosed && !ended) {
      request(parts.budget().grant(underWay, requested));
    }
  }

  private void request(int messages) {
    if (messages > 0) {
      requested += messages;
      client.request(messages);
    }
  }

  private void maybeLeave() {
    if (halfClosed && historySent && underWay == 0 && !leaving && !ended) {
      leaving = true;
      parts.presence().leave(stay, () -> end(Status.OK));
    }
  }

  private void endDelivery() {
    if (subscription != null) {
      parts.timeline().fanout().close(subscription);
    }
  }

  private void end(Status status) {
    if (ended) {
      return;
    }
    ended = true;
    parts.budget().removeStream();
    endDelivery();
    if (stay != null) {
      parts.presence().leave(stay, () -> {});
    }
    client.close(status, new Metadata());
  }
}

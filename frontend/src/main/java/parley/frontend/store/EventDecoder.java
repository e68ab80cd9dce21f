package parley.frontend.store;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.List;
import parley.frontend.delivery.AppliedRun;
import parley.frontend.delivery.OwnCommands;
import parley.frontend.delivery.TimelineEvent;
import parley.proto.store.Applied;
import parley.proto.store.Entries;
import parley.proto.store.Entry;
import parley.proto.store.Post;

/** Turns applied entries into events; each post's outgoing message is encoded here, once. */
public final class EventDecoder {
  private final long client;
  private final PostEncoder posts;

  /** How followers receive a post. Called by several threads. */
  public interface PostEncoder {
    byte[] encode(Command.Post post);
  }

  /**
   * @param client this frontend's incarnation: its own commands are told apart
   * @param posts how posts will be encoded
   */
  public EventDecoder(long client, PostEncoder posts) {
    this.client = client;
    this.posts = posts;
  }

  /**
   * Decodes a run. Any thread may call.
   *
   * @throws IllegalStateException it is not what it says it is
   */
  AppliedRun decode(Applied applied) {
    Entries entries;
    try {
      entries = Entries.parseFrom(applied.getEntries());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          "the run at index %d cannot be decoded".formatted(applied.getFirstIndex()), e);
    }
    if (entries.getEntriesCount() != applied.getCount()) {
      throw new IllegalStateException(
          "the run at index %d has %d entries, not %d"
              .formatted(applied.getFirstIndex(), entries.getEntriesCount(), applied.getCount()));
    }
    List<TimelineEvent> events = new ArrayList<>(entries.getEntriesCount());
    for (Entry entry : entries.getEntriesList()) {
      events.add(event(entry));
    }
    return new AppliedRun(
        applied.getFirstIndex(), events, own(applied.getFirstIndex(), entries.getEntriesList()));
  }

  private List<OwnCommands> own(long firstIndex, List<Entry> entries) {
    List<OwnCommands> own = new ArrayList<>();
    int position = 0;
    while (position < entries.size()) {
      Entry first = entries.get(position);
      int end = position + 1;
      if (first.getClient() == client) {
        // Only with consecutive numbers is it one row: what took no effect has no index.
        while (end < entries.size()
            && entries.get(end).getClient() == client
            && entries.get(end).getNumber() == first.getNumber() + (end - position)) {
          end++;
        }
        own.add(new OwnCommands(first.getNumber(), firstIndex + position, end - position));
      }
      position = end;
    }
    return own;
  }

  private TimelineEvent event(Entry entry) {
    return switch (entry.getCommandCase()) {
      case POST ->
          new TimelineEvent.Posted(
              entry.getPost().getAuthor(), posts.encode(command(entry.getPost())));
      case FOLLOW ->
          new TimelineEvent.Followed(
              entry.getFollow().getFollower(), entry.getFollow().getFollowee());
      case UNFOLLOW ->
          new TimelineEvent.Unfollowed(
              entry.getUnfollow().getFollower(), entry.getUnfollow().getFollowee());
      case CREATE_USER -> new TimelineEvent.UserCreated(entry.getCreateUser().getName());
      default ->
          throw new IllegalStateException(
              "a command of kind %s has no index".formatted(entry.getCommandCase()));
    };
  }

  static Command.Post command(Post post) {
    return new Command.Post(
        post.getAuthor(),
        post.getText(),
        post.getSeconds(),
        post.getNanos(),
        post.getHasTime(),
        post.getWriter(),
        post.getSequence());
  }
}

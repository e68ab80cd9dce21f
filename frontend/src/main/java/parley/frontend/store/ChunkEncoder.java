package parley.frontend.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import parley.proto.store.CreateUser;
import parley.proto.store.Entries;
import parley.proto.store.Entry;
import parley.proto.store.Follow;
import parley.proto.store.Post;
import parley.proto.store.Unfollow;

/** Fills chunks from the lanes, one command of each lane in turn, and encodes them. */
final class ChunkEncoder {
  /** Tag and length of an entry within Entries. */
  private static final int FRAME_BYTES = 6;

  private final long client;
  private final int commandsMax;
  private final int bytesMax;

  ChunkEncoder(long client, int commandsMax, int bytesMax) {
    this.client = client;
    this.commandsMax = commandsMax;
    this.bytesMax = bytesMax;
  }

  /**
   * Takes commands from the lanes into a chunk, at least one.
   *
   * @param lanes those with waiting commands; those that still have some are put back at the end
   */
  Chunk seal(ArrayDeque<Lane> lanes, long firstNumber) {
    Entries.Builder entries = Entries.newBuilder();
    List<Command> commands = new ArrayList<>();
    List<OutcomeListener> listeners = new ArrayList<>();
    int bytes = 0;
    while (!lanes.isEmpty() && commands.size() < commandsMax) {
      Lane lane = lanes.peek();
      Entry entry = entry(firstNumber + commands.size(), lane.peek());
      bytes += entry.getSerializedSize() + FRAME_BYTES;
      if (bytes > bytesMax && !commands.isEmpty()) {
        break;
      }
      entries.addEntries(entry);
      listeners.add(lane.listener());
      commands.add(lane.poll());
      lanes.poll();
      if (!lane.isEmpty()) {
        lanes.add(lane);
      }
    }
    return new Chunk(firstNumber, entries.build().toByteString(), commands, listeners);
  }

  private Entry entry(long number, Command command) {
    Entry.Builder entry = Entry.newBuilder().setClient(client).setNumber(number);
    if (command instanceof Command.Post post) {
      Post.Builder encoded =
          Post.newBuilder()
              .setAuthor(post.author())
              .setText(post.text())
              .setSeconds(post.seconds())
              .setNanos(post.nanos())
              .setHasTime(post.hasTime())
              .setWriter(post.writer())
              .setSequence(post.sequence());
      entry.setPost(encoded);
    } else if (command instanceof Command.Follow follow) {
      entry.setFollow(
          Follow.newBuilder().setFollower(follow.follower()).setFollowee(follow.followee()));
    } else if (command instanceof Command.Unfollow unfollow) {
      entry.setUnfollow(
          Unfollow.newBuilder().setFollower(unfollow.follower()).setFollowee(unfollow.followee()));
    } else if (command instanceof Command.CreateUser user) {
      entry.setCreateUser(CreateUser.newBuilder().setName(user.name()));
    }
    return entry.build();
  }
}

package parley.timelineservice.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parley.proto.store.CreateUser;
import parley.proto.store.Entries;
import parley.proto.store.Follow;
import parley.proto.store.Post;
import parley.proto.store.Register;
import parley.proto.store.Unfollow;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;

/**
 * Entries as the log and the wire hold them ({@code parley/store/log.proto}) to records and back,
 * and entries cut out of such bytes without decoding them. Stateless; any thread may call. All
 * methods throw {@link MalformedEntries} on bytes that are not encoded entries.
 */
public final class EntryCodec {

  private EntryCodec() {}

  /** All entries of a batch, in order. */
  public static List<Entry> decode(byte[] bytes) {
    Entries message;
    try {
      message = Entries.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedEntries(
          "a batch of " + bytes.length + " bytes cannot be decoded: " + e.getMessage(), e);
    }
    if (EntryBounds.of(bytes).length - 1 != message.getEntriesCount()) {
      throw new MalformedEntries("a batch of " + bytes.length + " bytes holds more than entries");
    }
    List<Entry> entries = new ArrayList<>(message.getEntriesCount());
    for (parley.proto.store.Entry entry : message.getEntriesList()) {
      entries.add(entry(entry));
    }
    return entries;
  }

  /** The opposite of {@link #decode}. */
  public static byte[] encode(List<Entry> entries) {
    Entries.Builder message = Entries.newBuilder();
    for (Entry entry : entries) {
      message.addEntries(message(entry));
    }
    return message.build().toByteArray();
  }

  /**
   * Checks what a client submits before it gets into the log, where it would stop every replica:
   * that it can be decoded, and holds commands of this client under consecutive numbers.
   *
   * @throws MalformedEntries if not; nothing of it may be proposed
   */
  public static void check(byte[] bytes, long client, long firstNumber, int count) {
    List<Entry> entries = decode(bytes);
    if (entries.size() != count) {
      throw new MalformedEntries(entries.size() + " entries where " + count + " were announced");
    }
    long number = firstNumber;
    for (Entry entry : entries) {
      if (entry.client() != client
          || entry.number() != number
          || entry.command() instanceof Command.Register) {
        throw new MalformedEntries(
            "command %d of client %x was to come, not %d of client %x"
                .formatted(number, client, entry.number(), entry.client()));
      }
      number++;
    }
  }

  /** The entry at this position, from 0, alone. */
  public static Entry decodeAt(byte[] bytes, int position) {
    int[] bounds = EntryBounds.of(bytes);
    return decode(Arrays.copyOfRange(bytes, bounds[position], bounds[position + 1])).get(0);
  }

  /**
   * The batch without some of its entries; the given array itself if none is to go.
   *
   * @param positions of the entries to leave out, from 0 and ascending
   */
  public static byte[] without(byte[] bytes, List<Integer> positions) {
    if (positions.isEmpty()) {
      return bytes;
    }
    int[] bounds = EntryBounds.of(bytes);
    byte[] kept = new byte[bytes.length];
    int length = 0;
    int from = 0;
    for (int position : positions) {
      int until = bounds[position];
      System.arraycopy(bytes, from, kept, length, until - from);
      length += until - from;
      from = bounds[position + 1];
    }
    System.arraycopy(bytes, from, kept, length, bytes.length - from);
    return Arrays.copyOf(kept, length + bytes.length - from);
  }

  /** The batch without its first entries; the given array itself if {@code count} is 0. */
  public static byte[] withoutFirst(byte[] bytes, int count) {
    return count == 0
        ? bytes
        : Arrays.copyOfRange(bytes, EntryBounds.of(bytes)[count], bytes.length);
  }

  private static Entry entry(parley.proto.store.Entry message) {
    return new Entry(message.getClient(), message.getNumber(), command(message));
  }

  private static Command command(parley.proto.store.Entry message) {
    return switch (message.getCommandCase()) {
      case REGISTER ->
          new Command.Register(
              message.getRegister().getHost(), message.getRegister().getReplaces());
      case CREATE_USER -> new Command.CreateUser(message.getCreateUser().getName());
      case FOLLOW ->
          new Command.Follow(message.getFollow().getFollower(), message.getFollow().getFollowee());
      case UNFOLLOW ->
          new Command.Unfollow(
              message.getUnfollow().getFollower(), message.getUnfollow().getFollowee());
      case POST -> post(message.getPost());
      case COMMAND_NOT_SET ->
          throw new MalformedEntries(
              "entry "
                  + message.getNumber()
                  + " of client "
                  + Long.toHexString(message.getClient())
                  + " holds no command that this release knows");
    };
  }

  private static Command.Post post(Post message) {
    return new Command.Post(
        message.getAuthor(),
        message.getText(),
        message.getSeconds(),
        message.getNanos(),
        message.getHasTime(),
        message.getWriter() == 0 && message.getSequence() == 0
            ? Command.PostKey.NONE
            : new Command.PostKey(message.getWriter(), message.getSequence()));
  }

  private static parley.proto.store.Entry message(Entry entry) {
    parley.proto.store.Entry.Builder message =
        parley.proto.store.Entry.newBuilder().setClient(entry.client()).setNumber(entry.number());
    Command command = entry.command();
    if (command instanceof Command.Post post) {
      message.setPost(
          Post.newBuilder()
              .setAuthor(post.author())
              .setText(post.text())
              .setSeconds(post.seconds())
              .setNanos(post.nanos())
              .setHasTime(post.hasTime())
              .setWriter(post.key().writer())
              .setSequence(post.key().sequence()));
    } else if (command instanceof Command.CreateUser create) {
      message.setCreateUser(CreateUser.newBuilder().setName(create.name()));
    } else if (command instanceof Command.Follow follow) {
      message.setFollow(
          Follow.newBuilder().setFollower(follow.follower()).setFollowee(follow.followee()));
    } else if (command instanceof Command.Unfollow unfollow) {
      message.setUnfollow(
          Unfollow.newBuilder().setFollower(unfollow.follower()).setFollowee(unfollow.followee()));
    } else if (command instanceof Command.Register register) {
      message.setRegister(
          Register.newBuilder().setHost(register.host()).setReplaces(register.replaces()));
    }
    return message.build();
  }
}

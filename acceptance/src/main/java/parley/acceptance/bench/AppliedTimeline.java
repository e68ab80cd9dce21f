package parley.acceptance.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import parley.client.ServerAddress;
import parley.proto.store.Applied;
import parley.proto.store.Entries;
import parley.proto.store.Entry;
import parley.proto.store.FollowRequest;
import parley.proto.store.StoreGrpc;

/**
 * What one replica has applied, read through from its beginning and kept as little as is needed to
 * compare it with the other replicas' and with what was posted.
 *
 * @param commands how many took effect
 * @param digest of all of them, with their indexes
 * @param posts by author, each author's being numbered from 0 without gaps or doubles
 * @param strange posts whose number was not the next one of their author
 */
record AppliedTimeline(long commands, String digest, Map<String, Long> posts, long strange) {

  private static final int MESSAGE_BYTES_MAX = 16 << 20;

  /** Reads the first so many commands of one timeline service. */
  static AppliedTimeline read(ServerAddress service, long commands) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(service.host(), service.port())
            .usePlaintext()
            .maxInboundMessageSize(MESSAGE_BYTES_MAX)
            .build();
    try {
      return read(
          StoreGrpc.newBlockingStub(channel)
              .follow(FollowRequest.newBuilder().setFromIndex(1).build()),
          commands);
    } finally {
      // The stream itself has no end.
      channel.shutdownNow();
    }
  }

  private static AppliedTimeline read(Iterator<Applied> runs, long commands) {
    MessageDigest digest = sha256();
    Map<String, Long> posts = new LinkedHashMap<>();
    long strange = 0;
    long index = 0;
    while (index < commands) {
      for (Entry entry : entries(runs.next())) {
        if (index == commands) {
          break;
        }
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(++index).flip());
        digest.update(entry.toByteArray());
        if (entry.hasPost()) {
          long next = posts.merge(entry.getPost().getAuthor(), 1L, Long::sum) - 1;
          strange += number(entry.getPost().getText()) == next ? 0 : 1;
        }
      }
    }
    return new AppliedTimeline(index, HexFormat.of().formatHex(digest.digest()), posts, strange);
  }

  private static Iterable<Entry> entries(Applied run) {
    try {
      return Entries.parseFrom(run.getEntries()).getEntriesList();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a timeline service sent what are no entries", e);
    }
  }

  private static long number(String text) {
    int digits = 0;
    while (digits < text.length() && Character.isDigit(text.charAt(digits))) {
      digits++;
    }
    return digits == 0 ? -1 : Long.parseLong(text, 0, digits, 10);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}

package parley.timelineservice.timeline;

/**
 * A hash of the whole state that costs little to keep: the sum of one hash per element. Elements
 * may come and go in any order; equal sets of elements have equal sums.
 */
final class StateSum {

  private long sum;

  void add(Change element) {
    sum += hash(element);
  }

  void remove(Change element) {
    sum -= hash(element);
  }

  long value() {
    return sum;
  }

  /** Spreads each bit of the value over all bits of the result. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long hash(Change element) {
    if (element instanceof Change.UserCreated user) {
      return hash(1, user.id(), user.index(), hash(user.name()));
    }
    if (element instanceof Change.Followed follow) {
      return hash(2, follow.follower(), follow.followee(), follow.sinceIndex());
    }
    if (element instanceof Change.ClientStands client) {
      return hash(3, client.client(), client.host(), client.lastNumber());
    }
    if (element instanceof Change.ClientSuperseded client) {
      return hash(4, client.client(), 0, 0);
    }
    if (element instanceof Change.OutcomeKept kept) {
      return hash(5, kept.client(), kept.number(), kept.outcome().ordinal());
    }
    if (element instanceof Change.WriterStands writer) {
      return hash(6, writer.author(), writer.writer(), mix(writer.sequence()) ^ writer.index());
    }
    throw new IllegalArgumentException("not an element of the state: " + element);
  }

  private static long hash(long kind, long a, long b, long c) {
    return mix(mix(mix(mix(kind) ^ a) ^ b) ^ c);
  }

  private static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }
}

package parley.timelineservice.exploration;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two independent 64-bit hashes of all that decides what a replica will do, but for the messages
 * that it holds back ({@link Held}). Replicas that differ only in what cannot matter have the same
 * one: see {@link Relevance}.
 */
record Fingerprint(long high, long low) {

  static Fingerprint of(ExploredHost host, Relevance relevance) {
    Walk walk = new Walk(relevance, relevance.clockOf(host));
    walk.add(host);
    return new Fingerprint(walk.high, walk.low);
  }

  /** One pass over the replica, in the order of its fields. */
  private static final class Walk {

    private final Relevance relevance;
    private final Relevance.Clock clock;
    private final Map<Object, Integer> seen = new IdentityHashMap<>();
    private long high = 0x2545F4914F6CDD1DL;
    private long low = 0x61C8864680B583EBL;

    Walk(Relevance relevance, Relevance.Clock clock) {
      this.relevance = relevance;
      this.clock = clock;
    }

    private void mix(long value) {
      high = Long.rotateLeft((high ^ value) * 0x9FB21C651E98DF25L, 29);
      high ^= high >>> 32;
      low = Long.rotateLeft(low + value * 0xD6E8FEB86659FD93L, 31) * 0xA0761D6478BD642FL;
      low ^= low >>> 29;
    }

    void add(Object object) {
      if (object == null) {
        mix(-1);
      } else if (object instanceof Number number) {
        mix(number.longValue());
      } else if (object instanceof Boolean flag) {
        mix(flag ? 1 : 2);
      } else if (object instanceof Enum<?> constant) {
        mix(constant.ordinal());
      } else if (object instanceof String text) {
        addBytes(text.getBytes(StandardCharsets.UTF_8));
      } else if (object instanceof byte[] bytes) {
        addBytes(bytes);
      } else if (object instanceof Map<?, ?> map) {
        addMap(map instanceof SortedMap<?, ?> ? map : new TreeMap<>(map));
      } else if (object instanceof Collection<?> collection) {
        mix(collection.size());
        collection.forEach(this::add);
      } else if (object instanceof Record) {
        addFields(object);
      } else {
        Integer before = seen.putIfAbsent(object, seen.size());
        if (before != null) {
          mix(before);
        } else {
          addFields(object);
        }
      }
    }

    private void addBytes(byte[] bytes) {
      mix(bytes.length);
      for (byte b : bytes) {
        mix(b);
      }
    }

    private void addMap(Map<?, ?> map) {
      mix(map.size());
      map.forEach(
          (key, value) -> {
            add(key);
            add(value);
          });
    }

    private void addFields(Object object) {
      ObjectShape shape = ObjectShape.of(object.getClass());
      mix(shape.type().getName().hashCode());
      for (Field field : shape.fields()) {
        switch (relevance.of(field)) {
          case WHOLE -> add(ObjectShape.get(field, object));
          case SEQUENCE -> mix(clock.pending((Long) ObjectShape.get(field, object)));
          case TICK -> mix(clock.age((Long) ObjectShape.get(field, object)));
          case ABOVE_APPLIED -> mix(clock.aboveApplied((Long) ObjectShape.get(field, object)));
          case ABOVE_VERIFIED -> mix(clock.aboveVerified((Long) ObjectShape.get(field, object)));
          case OF_CONTENT -> add(isEmpty(object) ? null : ObjectShape.get(field, object));
          case HELD, NONE -> mix(0);
        }
      }
    }

    /** Whether all maps of the object are. */
    private static boolean isEmpty(Object object) {
      return ObjectShape.of(object.getClass()).fields().stream()
          .map(field -> ObjectShape.get(field, object))
          .allMatch(value -> !(value instanceof Map<?, ?> map) || map.isEmpty());
    }
  }
}

package parley.timelineservice.exploration;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Copies a replica with everything that it may change. Values (records, enums, numbers, immutable
 * collections, arrays of bytes) are shared; whatever is neither a value nor known how to copy is
 * refused, so that nothing is shared by mistake.
 */
final class DeepCopy {

  private final Map<Object, Object> copies = new IdentityHashMap<>();

  private DeepCopy() {}

  static ExploredHost of(ExploredHost host) {
    return (ExploredHost) new DeepCopy().copy(host);
  }

  private Object copy(Object original) {
    if (original == null || isValue(original)) {
      return original;
    }
    if (original instanceof TreeMap<?, ?> map) {
      TreeMap<Object, Object> copy = new TreeMap<>();
      map.forEach((key, value) -> copy.put(key, copy(value)));
      return copy;
    }
    if (original instanceof ArrayDeque<?> deque) {
      return copyInto(deque, new ArrayDeque<>());
    }
    if (original instanceof ArrayList<?> list) {
      return copyInto(list, new ArrayList<>());
    }
    Object known = copies.get(original);
    return known != null ? known : copyFields(original);
  }

  private static boolean isValue(Object object) {
    return object instanceof Record
        || object instanceof Number
        || object instanceof Boolean
        || object instanceof String
        || object instanceof Enum<?>
        || object instanceof byte[]
        || object.getClass().getName().startsWith("java.util.ImmutableCollections");
  }

  private Object copyInto(Collection<?> from, Collection<Object> to) {
    from.forEach(element -> to.add(copy(element)));
    return to;
  }

  private Object copyFields(Object original) {
    ObjectShape shape = ObjectShape.of(original.getClass());
    Object copy = shape.blank();
    copies.put(original, copy);
    for (Field field : shape.fields()) {
      ObjectShape.set(field, copy, copy(ObjectShape.get(field, original)));
    }
    return copy;
  }
}

package parley.timelineservice.exploration;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fields of one class of ours and a way to make an instance without its constructor, so that
 * whole replicas can be copied and compared without any hook in the production code.
 */
final class ObjectShape {

  private static final Map<Class<?>, ObjectShape> SHAPES = new ConcurrentHashMap<>();

  private final Class<?> type;
  private final List<Field> fields = new ArrayList<>();
  private final Constructor<?> blank;

  private ObjectShape(Class<?> type) {
    this.type = type;
    if (!type.getName().startsWith("parley.")) {
      throw new IllegalStateException("no way to look into " + type);
    }
    for (Class<?> c = type; c != Object.class && c != Record.class; c = c.getSuperclass()) {
      for (Field field : c.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          fields.add(field);
        }
      }
    }
    blank = type.isRecord() ? null : blankConstructor(type);
  }

  static ObjectShape of(Class<?> type) {
    ObjectShape shape = SHAPES.get(type);
    return shape != null ? shape : SHAPES.computeIfAbsent(type, ObjectShape::new);
  }

  /** As deserialization does it; found by name, because the compiler warns of the import. */
  private static Constructor<?> blankConstructor(Class<?> type) {
    try {
      Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
      Object instance = factory.getMethod("getReflectionFactory").invoke(null);
      Method make =
          factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class);
      return (Constructor<?>) make.invoke(instance, type, Object.class.getDeclaredConstructor());
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      throw new IllegalStateException("cannot copy a " + type, e);
    }
  }

  Class<?> type() {
    return type;
  }

  List<Field> fields() {
    return fields;
  }

  Object blank() {
    try {
      return blank.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot copy a " + type, e);
    }
  }

  static Object get(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }

  static void set(Field field, Object owner, Object value) {
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot set " + field, e);
    }
  }
}

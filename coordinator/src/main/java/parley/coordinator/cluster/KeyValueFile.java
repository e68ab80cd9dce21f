package parley.coordinator.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration file in Java properties syntax that, unlike {@link Properties}, refuses a key
 * given twice: the one that loses would surprise somebody later.
 */
final class KeyValueFile {
  private final Path path;
  private final SortedMap<String, String> values;

  private KeyValueFile(Path path, SortedMap<String, String> values) {
    this.path = path;
    this.values = Collections.unmodifiableSortedMap(values);
  }

  static KeyValueFile empty(Path path) {
    return new KeyValueFile(path, new TreeMap<>());
  }

  static KeyValueFile read(Path path) throws ConfigException {
    UniqueKeys properties = new UniqueKeys();
    try (BufferedReader reader = Files.newBufferedReader(path)) {
      properties.load(reader);
    } catch (CharacterCodingException e) {
      throw new ConfigException(path + ": not a text file in UTF-8; save it as UTF-8.");
    } catch (IOException e) {
      throw new ConfigException(
          path + ": cannot be read (" + e.getMessage() + "); check the file and its permissions.");
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          path + ": " + e.getMessage() + "; write a backslash as two backslashes.");
    }
    if (properties.doubled != null) {
      throw new ConfigException(
          path + ": " + properties.doubled + " is given more than once; keep one of the lines.");
    }
    SortedMap<String, String> values = new TreeMap<>();
    for (String key : properties.stringPropertyNames()) {
      values.put(key, properties.getProperty(key).strip());
    }
    return new KeyValueFile(path, values);
  }

  Path path() {
    return path;
  }

  Map<String, String> values() {
    return values;
  }

  /** The whole number at a key, or the default where the key is absent. */
  long number(String key, long absent, long min, long max) throws ConfigException {
    String text = values.get(key);
    if (text == null) {
      return absent;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw wrong(key, "is not a whole number; give one from " + min + " to " + max + ".");
    }
    throw wrong(key, "is out of range; give a whole number from " + min + " to " + max + ".");
  }

  /** The error that the value at a key deserves; the rest of the sentence says what is wrong. */
  ConfigException wrong(String key, String rest) {
    return new ConfigException(path + ": " + key + "=" + values.get(key) + " " + rest);
  }

  private static final class UniqueKeys extends Properties {
    private transient Object doubled;

    @Override
    public synchronized Object put(Object key, Object value) {
      Object before = super.put(key, value);
      if (before != null && doubled == null) {
        doubled = key;
      }
      return before;
    }
  }
}

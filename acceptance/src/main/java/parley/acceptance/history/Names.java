package parley.acceptance.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers users from 0 in the order in which they are met, so that millions of posts stay small.
 */
final class Names {

  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> names = new ArrayList<>();

  int of(String name) {
    return numbers.computeIfAbsent(
        name,
        newcomer -> {
          names.add(newcomer);
          return names.size() - 1;
        });
  }

  /** The number of a name; -1 if it has not been met. */
  int find(String name) {
    return numbers.getOrDefault(name, -1);
  }

  String name(int number) {
    return names.get(number);
  }

  int count() {
    return names.size();
  }
}

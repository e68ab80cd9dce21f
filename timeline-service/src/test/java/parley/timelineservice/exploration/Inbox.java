package parley.timelineservice.exploration;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Numbers everything that can ever happen to one host, in the order in which it is met. */
final class Inbox {

  private final Map<Input, Integer> numbers = new HashMap<>();
  private volatile Input[] inputs = new Input[64];

  synchronized int number(Input input) {
    Integer known = numbers.get(input);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    if (number == inputs.length) {
      inputs = Arrays.copyOf(inputs, 2 * number);
    }
    inputs[number] = input;
    numbers.put(input, number);
    return number;
  }

  Input input(int number) {
    return inputs[number];
  }

  synchronized int size() {
    return numbers.size();
  }
}

package parley.acceptance.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All posts that one host holds, in its order, in sixteen bytes each.
 *
 * <p>For one thread.
 */
public final class HostLog {

  private static final int STRANGE_KEPT_MAX = 20;
  private static final int STRANGE = -1;

  private final String host;
  private final Names authorNumbers = new Names();
  private final List<String> strange = new ArrayList<>();
  private int[] authors = new int[1024];
  private int[] numbers = new int[1024];
  private long[] indexes = new long[1024];
  private int size;

  /**
   * @param host what people call it
   */
  public HostLog(String host) {
    this.host = host;
  }

  /** Appends the next post as the host shows it. */
  public void add(long index, String author, String text) {
    int number = PostText.lineOf(text);
    if (number == STRANGE) {
      if (strange.size() < STRANGE_KEPT_MAX) {
        strange.add("'" + text.substring(0, Math.min(80, text.length())) + "' by " + author);
      }
    }
    if (size == numbers.length) {
      authors = Arrays.copyOf(authors, size * 2);
      numbers = Arrays.copyOf(numbers, size * 2);
      indexes = Arrays.copyOf(indexes, size * 2);
    }
    indexes[size] = index;
    authors[size] = authorNumbers.of(author);
    numbers[size++] = number;
  }

  public int size() {
    return size;
  }

  String host() {
    return host;
  }

  /** How many authors there are. */
  int authors() {
    return authorNumbers.count();
  }

  /** An author's number in this log, from 0; -1 for one who has no post in it. */
  int authorNumber(String author) {
    return authorNumbers.find(author);
  }

  int authorNumber(int position) {
    return authors[position];
  }

  String author(int position) {
    return authorNumbers.name(authors[position]);
  }

  /** The number of a post among its author's; -1 if its text is none of theirs. */
  int number(int position) {
    return numbers[position];
  }

  /** The place of a post in the host's order of everything. */
  long index(int position) {
    return indexes[position];
  }

  List<String> strange() {
    return List.copyOf(strange);
  }

  /** The first position at which two logs differ; -1 if they are the same. */
  int differsAt(HostLog other) {
    int common = Math.min(size, other.size);
    for (int position = 0; position < common; position++) {
      if (numbers[position] != other.numbers[position]
          || indexes[position] != other.indexes[position]
          || !author(position).equals(other.author(position))) {
        return position;
      }
    }
    return size == other.size ? -1 : common;
  }

  String show(int position) {
    return position < size ? "post " + numbers[position] + " of " + author(position) : "nothing";
  }

  /** The same, and its index. */
  String showPlace(int position) {
    return position < size ? show(position) + " (index " + indexes[position] + ")" : "nothing";
  }
}

package parley.frontend.api;

import parley.frontend.call.InvalidInput;

/** How many items a page may have. */
final class PageSize {
  static final int MAX = 1_000;
  static final int DEFAULT = 50;

  private PageSize() {}

  /** What was asked for, or what stands for it. */
  static int of(int asked) throws InvalidInput {
    if (asked < 0 || asked > MAX) {
      throw new InvalidInput(
          "page_size", "the page_size %d is not from 0 to %d".formatted(asked, MAX));
    }
    return asked == 0 ? DEFAULT : asked;
  }
}

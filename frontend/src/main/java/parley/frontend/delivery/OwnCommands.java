package parley.frontend.delivery;

/**
 * Commands of this frontend that took effect in a row: consecutive numbers at consecutive indexes.
 */
public record OwnCommands(long firstNumber, long firstIndex, int count) {

  /** The highest number among them. */
  public long lastNumber() {
    return firstNumber + count - 1;
  }

  /**
   * Where the command of this number stands.
   *
   * @throws IllegalStateException it is not among these
   */
  public long indexOf(long number) {
    if (number < firstNumber || number > lastNumber()) {
      throw new IllegalStateException(
          "command %d has no place among the commands %d to %d"
              .formatted(number, firstNumber, lastNumber()));
    }
    return firstIndex + (number - firstNumber);
  }
}

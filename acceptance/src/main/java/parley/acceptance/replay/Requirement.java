package parley.acceptance.replay;

import java.util.BitSet;

/** Follows one reader's log until certain lines have all arrived. For one thread. */
final class Requirement {

  private final ReaderLog log;
  private final BitSet missing;
  private int looked;

  /**
   * @param expected the lines that this reader is to receive at all
   * @param required the lines of anybody that must have arrived
   */
  Requirement(ReaderLog log, int[] expected, BitSet required) {
    this.log = log;
    this.missing = new BitSet();
    for (int line : expected) {
      missing.set(line, required.get(line));
    }
  }

  boolean isMet() {
    for (int count = log.count(); looked < count; looked++) {
      int line = log.line(looked);
      if (line != ReaderLog.NO_LINE) {
        missing.clear(line);
      }
    }
    return missing.isEmpty();
  }
}

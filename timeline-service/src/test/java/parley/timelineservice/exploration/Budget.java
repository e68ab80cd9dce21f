package parley.timelineservice.exploration;

/**
 * What has happened so far of that which is bounded for the whole cluster, packed into few bits.
 */
record Budget(int commands, int crashes, int diskLosses, int reads) {

  static final int BITS = 12;
  static final int AT_MOST = 7;
  static final Budget UNUSED = new Budget(0, 0, 0, 0);

  long packed() {
    return commands | crashes << 3 | diskLosses << 6 | reads << 9;
  }

  static Budget unpack(long packed) {
    int bits = (int) packed;
    return new Budget(bits & 7, bits >> 3 & 7, bits >> 6 & 7, bits >> 9 & 7);
  }

  /** Whether no more is used up than in the other one. Commands are told apart by their number. */
  boolean allowsAllOf(Budget other) {
    return commands == other.commands
        && crashes <= other.crashes
        && diskLosses <= other.diskLosses
        && reads <= other.reads;
  }

  Budget oneCommand() {
    return new Budget(commands + 1, crashes, diskLosses, reads);
  }

  Budget oneCrash() {
    return new Budget(commands, crashes + 1, diskLosses, reads);
  }

  Budget oneDiskLoss() {
    return new Budget(commands, crashes, diskLosses + 1, reads);
  }

  Budget oneRead() {
    return new Budget(commands, crashes, diskLosses, reads + 1);
  }
}

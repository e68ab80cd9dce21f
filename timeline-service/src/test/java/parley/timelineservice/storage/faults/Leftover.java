package parley.timelineservice.storage.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is left of one file when the power goes: what was synced, and any part of the rest. */
final class Leftover {

  /** How a disk may treat what it has not synced. */
  private enum Manner {
    NOTHING_WRITTEN,
    EVERYTHING_WRITTEN,
    SECTORS_AT_RANDOM,
    FEW_SECTORS_MISSING,
    WHOLE_WRITES_AT_RANDOM,
    IN_ORDER_UP_TO_SOMEWHERE
  }

  private byte[] bytes;
  private final List<Operation.Changed> unsynced = new ArrayList<>();

  /** The names that it may be found under; null stands for none. */
  private final List<String> names = new ArrayList<>();

  private Leftover(byte[] synced) {
    bytes = synced.clone();
  }

  static Leftover found(String name, byte[] bytes) {
    Leftover leftover = new Leftover(bytes);
    leftover.names.add(name);
    return leftover;
  }

  static Leftover created(String name) {
    Leftover leftover = new Leftover(new byte[0]);
    leftover.names.add(null);
    leftover.names.add(name);
    return leftover;
  }

  void add(Operation.Changed change) {
    unsynced.add(change);
  }

  void synced() {
    for (Operation.Changed change : unsynced) {
      if (change instanceof Operation.Written written) {
        write(written, 0, written.bytes().length);
      } else if (change instanceof Operation.Truncated truncated) {
        bytes = LossyDisk.resized(bytes, (int) truncated.length());
      }
    }
    unsynced.clear();
  }

  void renamed(String name) {
    names.add(name);
  }

  void namesSynced() {
    names.subList(0, names.size() - 1).clear();
  }

  /** The name that it is found under; null if none. */
  String name(Random random) {
    return names.get(random.nextInt(names.size()));
  }

  /** Loses the power. */
  byte[] cut(Random random) {
    bytes = bytes.clone();
    Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
    int sector = random.nextBoolean() ? 512 : 4096;
    double kept =
        switch (manner) {
          case NOTHING_WRITTEN -> 0;
          case EVERYTHING_WRITTEN, IN_ORDER_UP_TO_SOMEWHERE -> 1;
          case SECTORS_AT_RANDOM, WHOLE_WRITES_AT_RANDOM -> random.nextDouble();
          case FEW_SECTORS_MISSING -> 0.9;
        };
    int whole =
        manner == Manner.IN_ORDER_UP_TO_SOMEWHERE
            ? random.nextInt(unsynced.size() + 1)
            : unsynced.size();
    boolean byWrite = manner == Manner.WHOLE_WRITES_AT_RANDOM;
    for (int i = 0; i < whole; i++) {
      Operation.Changed change = unsynced.get(i);
      if (change instanceof Operation.Written written) {
        if (!byWrite) {
          writeSectors(written, sector, kept, random);
        } else if (random.nextDouble() < kept) {
          write(written, 0, written.bytes().length);
        }
      } else if (change instanceof Operation.Truncated truncated && random.nextDouble() < kept) {
        bytes = LossyDisk.resized(bytes, (int) truncated.length());
      }
    }
    if (whole < unsynced.size() && unsynced.get(whole) instanceof Operation.Written written) {
      write(written, 0, random.nextInt(written.bytes().length + 1));
    } else if (random.nextInt(4) == 0) {
      tear(sector, random);
    }
    return bytes;
  }

  private void writeSectors(Operation.Written written, int sector, double kept, Random random) {
    long end = written.position() + written.bytes().length;
    if (end > bytes.length && random.nextBoolean()) {
      bytes = LossyDisk.resized(bytes, (int) end);
    }
    long from = written.position();
    while (from < end) {
      long to = Math.min(end, (from / sector + 1) * sector);
      if (random.nextDouble() < kept) {
        write(written, (int) (from - written.position()), (int) (to - written.position()));
      }
      from = to;
    }
  }

  /** Writes the first bytes of one sector of an unsynced write. */
  private void tear(int sector, Random random) {
    List<Operation.Written> writes =
        unsynced.stream()
            .filter(Operation.Written.class::isInstance)
            .map(Operation.Written.class::cast)
            .filter(write -> write.bytes().length > 0)
            .toList();
    if (!writes.isEmpty()) {
      Operation.Written torn = writes.get(random.nextInt(writes.size()));
      int from = random.nextInt((torn.bytes().length + sector - 1) / sector) * sector;
      int to = Math.min(torn.bytes().length, from + random.nextInt(sector));
      write(torn, from, to);
    }
  }

  private void write(Operation.Written written, int from, int to) {
    if (to > from) {
      int position = (int) written.position();
      bytes = LossyDisk.resized(bytes, Math.max(bytes.length, position + to));
      System.arraycopy(written.bytes(), from, bytes, position + from, to - from);
    }
  }
}

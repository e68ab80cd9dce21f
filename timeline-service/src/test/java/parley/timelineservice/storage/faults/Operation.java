package parley.timelineservice.storage.faults;

/** Something that a file system was asked to do, as far as a power cut can undo it. */
public sealed interface Operation {

  /** The file was created under this name. */
  record Created(String file) implements Operation {}

  /** The file got another name. */
  record Renamed(String file, String name) implements Operation {}

  /** The file was deleted. */
  record Deleted(String file) implements Operation {}

  /** The folder was synced: names that were given before are there to stay. */
  record NamesSynced() implements Operation {}

  /** The file was synced: what was changed before is there to stay. */
  record Synced(String file) implements Operation {}

  /** What a sync of this file makes durable. */
  sealed interface Changed extends Operation {
    String file();
  }

  /** These bytes were written there. The array is never changed. */
  record Written(String file, long position, byte[] bytes) implements Changed {}

  /** The file was cut off there. */
  record Truncated(String file, long length) implements Changed {}
}

package parley.timelineservice.storage;

/**
 * The one row of table {@code replica}: rewritten in each transaction.
 *
 * @param writes how many transactions there were, this one included
 */
record ReplicaRow(long incarnation, Standing standing, Progress progress, long writes) {

  static ReplicaRow created(long incarnation) {
    return new ReplicaRow(incarnation, Standing.NEW, Progress.NEW, 0);
  }

  ReplicaRow {
    if (progress.appliedSlot() > standing.committedSlot()) {
      throw new IllegalStateException(
          "slot %d is applied, but only %d is committed"
              .formatted(progress.appliedSlot(), standing.committedSlot()));
    }
  }
}

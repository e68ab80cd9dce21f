package parley.acceptance.history;

/** Which part of a timeline a reader must have received without a gap. */
public enum Extent {
  /** Everything. */
  ALL,
  /** From the beginning up to wherever the reader left. */
  BEGINNING,
  /** From wherever the reader came to the end. */
  END
}

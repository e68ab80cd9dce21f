package parley.timelineservice.codec;

/** Bytes that should be encoded entries and are not. A replica cannot go on behind such a batch. */
public final class MalformedEntries extends RuntimeException {

  MalformedEntries(String what) {
    super(what);
  }

  MalformedEntries(String what, Throwable cause) {
    super(what, cause);
  }
}

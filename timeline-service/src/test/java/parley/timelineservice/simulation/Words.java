package parley.timelineservice.simulation;

import java.util.stream.Collectors;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Message;

/** Readable forms for the trace of a failed run. */
final class Words {

  private Words() {}

  /** A message without what is the same in each. */
  static String message(Message message) {
    if (message instanceof Message.Hello hello) {
      return "Hello[%s, promised=%s, committedSlot=%d%s]"
          .formatted(
              hello.standing(),
              hello.promised(),
              hello.committedSlot(),
              hello.heardIncarnation() == 0 ? ", hears nobody" : "");
    }
    return message.toString();
  }

  /** The entries of a batch as client:number. */
  static String batch(Batch batch) {
    return EntryCodec.decode(batch.bytes()).stream()
        .map(entry -> Long.toHexString(entry.client() & 0xFFFF) + ":" + entry.number())
        .collect(Collectors.joining(", ", "[", "]"));
  }
}

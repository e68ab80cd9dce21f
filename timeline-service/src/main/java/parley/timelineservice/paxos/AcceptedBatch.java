package parley.timelineservice.paxos;

/** A batch as some replica holds it in a slot, with the epoch in which it was accepted there. */
public record AcceptedBatch(long slot, Epoch epoch, Batch batch) {}

package parley.timelineservice.paxos;

/** A message with its sender: the host and the incarnation of its data folder. */
public record Envelope(int from, long incarnation, Message message) {}

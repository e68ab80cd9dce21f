package parley.timelineservice.timeline;

/**
 * One command in the log.
 *
 * @param client the incarnation of the client that sent it; never 0
 * @param number without gaps from 1 per client (R12); 0 only for a Register
 */
public record Entry(long client, long number, Command command) {}

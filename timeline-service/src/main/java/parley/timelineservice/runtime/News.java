package parley.timelineservice.runtime;

/**
 * What a replica knows of itself and of the primary at one moment.
 *
 * @param epoch number of the epoch of the primary it last heard from; 0 if none
 * @param primaryHost 0 if none is known
 * @param serving this replica is the primary and takes commands
 * @param primarySilentMs since a primary was last heard from; 0 on the primary itself
 * @param role for people: primary, candidate, standby, newcomer or empty
 */
public record News(
    int host,
    long epoch,
    int primaryHost,
    boolean serving,
    long appliedIndex,
    long appliedSlot,
    long committedSlot,
    int primarySilentMs,
    String role,
    String promised,
    long incarnation) {}

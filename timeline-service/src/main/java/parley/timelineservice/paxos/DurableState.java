package parley.timelineservice.paxos;

import java.util.List;
import java.util.Map;

/**
 * What a replica finds on its disk at start.
 *
 * @param incarnation drawn when the data folder was created; never 0
 * @param voter whether the replica may vote (R15)
 * @param founders the incarnations that formed the cluster, by host; empty if this replica does not
 *     know
 * @param promised the highest epoch promised or accepted in; {@link Epoch#NONE} if none
 * @param committedSlot the stored committed slot; every slot from 1 to it is stored and chosen
 * @param appliedSlot {@code <= committedSlot}: effects up to this slot are stored in the derived
 *     tables
 * @param tail the stored batches above {@code appliedSlot}, in order of slots; above {@code
 *     committedSlot} there may be gaps and stale ones
 */
public record DurableState(
    long incarnation,
    boolean voter,
    Map<Integer, Long> founders,
    Epoch promised,
    long committedSlot,
    long appliedSlot,
    List<AcceptedBatch> tail) {}

package parley.client.traffic;

import java.util.OptionalLong;

/**
 * One post to be made.
 *
 * @param dueNanos when, after the beginning; empty: as soon as the one before is on its way
 */
public record PlannedPost(String author, OptionalLong dueNanos) {}

package parley.frontend.delivery;

import java.util.List;

/**
 * What took effect at consecutive indexes from {@code firstIndex} on.
 *
 * @param own those that this frontend sent, in order of their numbers
 */
public record AppliedRun(long firstIndex, List<TimelineEvent> events, List<OwnCommands> own) {}

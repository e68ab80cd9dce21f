package parley.frontend.delivery;

import java.util.List;

/** What took effect at consecutive indexes from {@code firstIndex} on. */
public record AppliedRun(long firstIndex, List<TimelineEvent> events) {}

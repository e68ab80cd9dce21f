package parley.client.v1;

import java.time.Instant;
import java.util.Optional;

/**
 * A post as the cluster has it.
 *
 * @param author who posted it
 * @param text what was posted, as it was sent
 * @param time the author's own clock; empty if none was sent, or if it is no time of the calendar
 * @param index its place in the one order of everything: unique and growing; what lies between two
 *     of them says nothing
 */
public record Post(String author, String text, Optional<Instant> time, long index) {}

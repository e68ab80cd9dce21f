/**
 * What a serving primary does for frontends beside replication, as pure state driven by the
 * replica's loop: {@link parley.timelineservice.primary.Intake} queues commands and routes results,
 * {@link parley.timelineservice.primary.Presence} knows who is connected where.
 */
package parley.timelineservice.primary;

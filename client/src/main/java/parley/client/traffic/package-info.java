/**
 * Made-up traffic and its check: users who post at given times, and followers each of whom must be
 * handed every post exactly once and in order. Knows no terminal.
 */
package parley.client.traffic;

package parley.acceptance.history;

import java.util.BitSet;

/**
 * What one reader received over one stream.
 *
 * @param follower the reader
 * @param extent which part of their timeline it must be
 * @param lines in order of arrival, -1 for what belongs to no line
 * @param oldPosts how many of these, at the beginning, came as old posts when the stream was opened
 * @param required lines that must be among them whatever the extent says
 */
public record Reading(int follower, Extent extent, int[] lines, int oldPosts, BitSet required) {}

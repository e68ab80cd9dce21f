package parley.timelineservice.exploration;

/**
 * What one replica does while the others stand still: inputs that nobody else notices, and at the
 * end one that somebody does.
 *
 * @param budget what is used up after it
 * @param violation what is wrong with the last input, or null
 */
record Turn(int[] inputs, ReplicaState next, Budget budget, String violation) {}

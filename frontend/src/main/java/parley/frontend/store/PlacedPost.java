package parley.frontend.store;

/** A post and its place in the timeline. */
public record PlacedPost(long index, Command.Post post) {}

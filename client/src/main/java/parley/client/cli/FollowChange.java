package parley.client.cli;

/**
 * What has come of a wish to follow, or to follow no more.
 *
 * @param changed false: it was so before
 */
record FollowChange(String follower, String followee, boolean changed) {

  String asFollowed() {
    return changed
        ? "%s follows %s now".formatted(shown(follower), shown(followee))
        : "%s follows %s already".formatted(shown(follower), shown(followee));
  }

  String asUnfollowed() {
    return changed
        ? "%s follows %s no more".formatted(shown(follower), shown(followee))
        : "%s does not follow %s".formatted(shown(follower), shown(followee));
  }

  private static String shown(String name) {
    return Printable.of(name);
  }
}

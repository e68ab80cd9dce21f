package parley.client.v1;

/**
 * Which page of a list is wanted.
 *
 * @param size how many items at most; 0 leaves it to the cluster. A page may be shorter than that
 *     although more follow
 * @param token where it begins, from the page before; empty for the first one
 */
public record PageRequest(int size, String token) {

  /** The first page: the newest posts, or the first users. */
  public static PageRequest first(int size) {
    return new PageRequest(size, "");
  }

  /** The one that begins where another ended. */
  public PageRequest from(String nextToken) {
    return new PageRequest(size, nextToken);
  }
}

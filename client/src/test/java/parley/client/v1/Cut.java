package parley.client.v1;

import java.util.List;
import java.util.function.ToLongFunction;
import parley.proto.v1.Post;

/**
 * One page of a list that a fake cluster answers with.
 *
 * @param next the token of the page behind it; empty on the last one
 */
record Cut<T>(List<T> items, String next) {

  private static final int SIZE_DEFAULT = 50;
  private static final int SIZE_MAX = 1_000;

  /** A page of a list that only grows at its end: the token counts what came before. */
  static <T> Cut<T> of(List<T> all, int size, String token) {
    return cut(all, size, (int) number(token));
  }

  /** A page of a list that grows at its beginning: the token is the index of the last post. */
  static Cut<Post> ofPosts(List<Post> newestFirst, int size, String token) {
    if (token.isEmpty()) {
      return named(cut(newestFirst, size, 0), Post::getIndex);
    }
    long before = number(token);
    List<Post> older = newestFirst.stream().filter(post -> post.getIndex() < before).toList();
    return named(cut(older, size, 0), Post::getIndex);
  }

  private static <T> Cut<T> cut(List<T> all, int size, int from) {
    if (size < 0 || size > SIZE_MAX) {
      throw FakeCluster.invalid("page_size", "the page_size is not from 0 to " + SIZE_MAX);
    }
    int begin = Math.min(from, all.size());
    int end = Math.min(begin + (size == 0 ? SIZE_DEFAULT : size), all.size());
    return new Cut<>(
        List.copyOf(all.subList(begin, end)), end == all.size() ? "" : Integer.toString(end));
  }

  private static <T> Cut<T> named(Cut<T> cut, ToLongFunction<T> index) {
    if (cut.next().isEmpty()) {
      return cut;
    }
    T last = cut.items().get(cut.items().size() - 1);
    return new Cut<>(cut.items(), Long.toString(index.applyAsLong(last)));
  }

  private static long number(String token) {
    try {
      return token.isEmpty() ? 0 : Long.parseLong(token);
    } catch (NumberFormatException e) {
      throw FakeCluster.invalid("page_token", "no response had the page_token " + token);
    }
  }
}

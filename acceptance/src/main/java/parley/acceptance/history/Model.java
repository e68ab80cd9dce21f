package parley.acceptance.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a trace means for Parley: its users, who follows whom, the posts, and what each follower
 * must receive. Each line is one post; whoever is written to follows the writer, before anything is
 * posted.
 *
 * <p>Users are numbered from 0 in the order in which they appear. Immutable.
 */
public final class Model {

  private final Trace trace;
  private final List<String> names;
  private final int[] authors;
  private final int[][] followees;
  private final int[][] followers;
  private final int[][] linesByAuthor;

  public Model(Trace trace) {
    this.trace = trace;
    Map<Integer, Integer> users = new HashMap<>();
    this.names = new ArrayList<>();
    this.authors = new int[trace.lines()];
    List<Set<Integer>> followeeSets = new ArrayList<>();
    List<Set<Integer>> followerSets = new ArrayList<>();
    List<List<Integer>> posts = new ArrayList<>();
    for (int line = 0; line < trace.lines(); line++) {
      int author = user(users, trace.source(line), followeeSets, followerSets, posts);
      int reader = user(users, trace.target(line), followeeSets, followerSets, posts);
      authors[line] = author;
      posts.get(author).add(line);
      followeeSets.get(reader).add(author);
      followerSets.get(author).add(reader);
    }
    this.followees = arrays(followeeSets);
    this.followers = arrays(followerSets);
    this.linesByAuthor = arrays(posts);
  }

  private int user(
      Map<Integer, Integer> users,
      int person,
      List<Set<Integer>> followeeSets,
      List<Set<Integer>> followerSets,
      List<List<Integer>> posts) {
    return users.computeIfAbsent(
        person,
        newcomer -> {
          names.add("u" + newcomer);
          followeeSets.add(new LinkedHashSet<>());
          followerSets.add(new LinkedHashSet<>());
          posts.add(new ArrayList<>());
          return names.size() - 1;
        });
  }

  private static int[][] arrays(List<? extends Collection<Integer>> lists) {
    return lists.stream()
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .toArray(int[][]::new);
  }

  public int users() {
    return names.size();
  }

  public String name(int user) {
    return names.get(user);
  }

  public int posts() {
    return authors.length;
  }

  /** How many (follower, followee) pairs there are. */
  public int follows() {
    return Arrays.stream(followees).mapToInt(list -> list.length).sum();
  }

  /** How many copies of posts all followers receive together, if nobody leaves. */
  public long deliveries() {
    return Arrays.stream(authors).mapToLong(author -> followers[author].length).sum();
  }

  public int author(int line) {
    return authors[line];
  }

  /** The author's own clock at the post, in UNIX seconds. */
  public long time(int line) {
    return trace.time(line);
  }

  /** The text of a post; see {@link PostText}. */
  public String text(int line) {
    return PostText.of(line);
  }

  /** Whom a user follows, in the order of following. Not to be changed. */
  public int[] followees(int user) {
    return followees[user];
  }

  /** Who follows a user. Not to be changed. */
  public int[] followers(int user) {
    return followers[user];
  }

  /** All lines that a follower must receive, in no particular order. */
  public int[] expected(int follower) {
    int[] expected = new int[expectedCount(follower)];
    int next = 0;
    for (int followee : followees[follower]) {
      int[] lines = linesByAuthor[followee];
      System.arraycopy(lines, 0, expected, next, lines.length);
      next += lines.length;
    }
    return expected;
  }

  /** How many lines a follower must receive. */
  public int expectedCount(int follower) {
    int count = 0;
    for (int followee : followees[follower]) {
      count += linesByAuthor[followee].length;
    }
    return count;
  }
}

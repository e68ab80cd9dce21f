package parley.frontend.api;

import parley.frontend.call.InputRules;
import parley.frontend.call.InvalidInput;

/**
 * What a client hands back to go on where it was: some numbers as text, opaque to it, valid at
 * every frontend and for ever. Each kind has a name with its version, so that a token is good for
 * nothing but what it was made for.
 */
enum Token {
  /** Of ListUsers: how many users came before, and the index as of which there were so many. */
  USERS("u1", 2),
  /** Of ListFollowees: the index at which the last one was followed. */
  FOLLOWEES("e1", 1),
  /** Of ListFollowers: how many users were looked at, and the index as of which it was so. */
  FOLLOWERS("r1", 2),
  /** Of ListPosts: the index of the last post. */
  POSTS("p1", 1),
  /** Of ListHomeTimeline: the index of the last post, and the one as of which page 1 was read. */
  HOME_TIMELINE("h1", 2),
  /** A place in a home timeline: the index behind which it goes on. */
  CURSOR("c1", 1);

  private static final int LENGTH_MAX = 64;
  private static final String SEPARATOR = ".";

  private final String name;
  private final int numbers;

  Token(String name, int numbers) {
    this.name = name;
    this.numbers = numbers;
  }

  /** The token of these numbers, none of them negative. */
  String of(long... values) {
    StringBuilder token = new StringBuilder(name);
    for (long value : values) {
      token.append(SEPARATOR).append(Long.toString(value, Character.MAX_RADIX));
    }
    return token.toString();
  }

  /**
   * The numbers of a token.
   *
   * @param field the request's field that has it
   * @throws InvalidInput no response had this token
   */
  long[] read(String field, String token) throws InvalidInput {
    String[] parts = token.length() > LENGTH_MAX ? new String[0] : token.split("\\.", -1);
    if (parts.length != 1 + numbers || !parts[0].equals(name)) {
      throw invalid(field, token);
    }
    long[] values = new long[numbers];
    for (int i = 0; i < numbers; i++) {
      try {
        values[i] = Long.parseLong(parts[1 + i], Character.MAX_RADIX);
      } catch (NumberFormatException e) {
        throw invalid(field, token);
      }
    }
    // Also refuses signs, capital letters and leading zeros, which of() never writes.
    if (!of(values).equals(token) || token.contains("-")) {
      throw invalid(field, token);
    }
    return values;
  }

  private static InvalidInput invalid(String field, String token) {
    return new InvalidInput(
        field, "the %s %s is not from a response".formatted(field, InputRules.shown(token)));
  }
}

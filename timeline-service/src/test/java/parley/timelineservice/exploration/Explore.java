package parley.timelineservice.exploration;

import java.util.List;

/**
 * Explores the large scopes, or the one that is named: {@code Explore [SCOPE]}. Ends with 1 and the
 * path on a violation.
 */
final class Explore {

  /** As many as fit into 6 GB. */
  private static final long STATES_AT_MOST = 120_000_000;

  private Explore() {}

  public static void main(String[] args) {
    List<Scope> scopes = args.length == 0 ? Scopes.LARGE : List.of(Scopes.named(args[0]));
    for (Scope scope : scopes) {
      Exploration.Result result = new Exploration(scope, STATES_AT_MOST).run(System.out::println);
      System.out.println(result);
      if (result.violation() != null) {
        System.out.println(result.violation());
        System.exit(1);
      }
    }
  }
}

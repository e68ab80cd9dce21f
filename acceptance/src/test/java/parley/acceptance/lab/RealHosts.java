package parley.acceptance.lab;

import java.nio.file.Path;

/** Where the build has put the Parley that is tested as a whole. */
public final class RealHosts {

  private static final String PROPERTY = "parley.home";

  private RealHosts() {}

  /** The Parley home, as the build names it. */
  public static Path home() {
    String home = System.getProperty(PROPERTY);
    if (home == null) {
      throw new IllegalStateException("run these tests by 'mvn verify', or give -Dparley.home=DIR");
    }
    return Path.of(home);
  }

  /** The option by which another JVM knows the same home. */
  public static String homeOption() {
    return "-D" + PROPERTY + "=" + home();
  }
}

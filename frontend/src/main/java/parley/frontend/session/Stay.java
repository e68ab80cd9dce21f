package parley.frontend.session;

/**
 * One reason why a name counts as connected here: a Login on a connection, or an open Chat. Made
 * and ended by {@link Presence}.
 */
public final class Stay {
  final String name;
  final long connection;
  final boolean byLogin;

  Stay(String name, long connection, boolean byLogin) {
    this.name = name;
    this.connection = connection;
    this.byLogin = byLogin;
  }
}

package parley.coordinator.cluster;

/**
 * Says in one line, for the person who starts a service, what is wrong with the configuration and
 * what to do about it.
 *
 * <p>Mains print {@link #getMessage()} alone, without a stack trace, and exit with status 2.
 */
public final class ConfigException extends Exception {
  /** A message that names file, key, value and remedy, as far as they apply. */
  public ConfigException(String message) {
    super(message);
  }
}

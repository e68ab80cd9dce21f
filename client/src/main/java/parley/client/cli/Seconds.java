package parley.client.cli;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number of seconds, such as 0.5, that must be more than none. */
final class Seconds implements ITypeConverter<Duration> {

  private static final long MS = 1_000;

  @Override
  public Duration convert(String text) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds * MS >= 1 && seconds <= Integer.MAX_VALUE) {
        return Duration.ofMillis((long) (seconds * MS));
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number of seconds");
    }
    throw new TypeConversionException("'" + text + "' is no usable number of seconds");
  }

  static String shown(Duration duration) {
    return duration.toMillis() / (double) MS + " s";
  }
}

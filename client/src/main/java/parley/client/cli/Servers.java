package parley.client.cli;

import java.util.List;
import parley.client.ServerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of a {@code --server} option, in the order in which the servers are tried. */
record Servers(List<ServerAddress> addresses) {

  static final int FRONTEND_PORT = 3055;
  static final int TIMELINE_PORT = 3056;

  private static Servers parse(String text, int defaultPort) {
    try {
      return new Servers(ServerAddress.parseList(text, defaultPort));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Addresses of frontends. */
  static final class OfFrontends implements ITypeConverter<Servers> {
    @Override
    public Servers convert(String text) {
      return parse(text, FRONTEND_PORT);
    }
  }

  /** Addresses of timeline services. */
  static final class OfTimelineServices implements ITypeConverter<Servers> {
    @Override
    public Servers convert(String text) {
      return parse(text, TIMELINE_PORT);
    }
  }
}

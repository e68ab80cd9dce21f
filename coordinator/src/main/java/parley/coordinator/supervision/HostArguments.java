package parley.coordinator.supervision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import parley.coordinator.cluster.ClusterConfig;
import parley.coordinator.cluster.ConfigException;
import parley.coordinator.cluster.HostFolder;

/**
 * Which host, with which configuration and data: what every process of a host is started with.
 *
 * <p>Both paths are real ones (absolute, without links), because a process is found again by them.
 *
 * @param conf the configuration folder
 * @param hostId the N of the host's {@code server.N} line
 * @param data the folder that holds the host's folder
 */
public record HostArguments(Path conf, int hostId, Path data) {
  private enum Option {
    CONF,
    HOST,
    DATA;

    String text() {
      return "--" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code --conf DIR --host N --data DIR}, all of them given.
   *
   * @throws StartFailure an option is unknown, missing or unusable
   */
  public static HostArguments parse(String... arguments) throws StartFailure {
    Map<Option, String> given = options(arguments);
    for (Option option : Option.values()) {
      if (!given.containsKey(option)) {
        throw misused(option.text() + " is missing; start with scripts/start_zk_and_services.sh.");
      }
    }
    return of(given.get(Option.CONF), hostId(given), given.get(Option.DATA));
  }

  /**
   * Reads the same options, none of them needed: the configuration and data folder are by default
   * {@code zk-conf} and {@code data} of a Parley home, the host the one that has an address of this
   * machine.
   *
   * @throws StartFailure an option is unknown or unusable
   * @throws ConfigException the host cannot be told by the configuration
   */
  public static HostArguments parse(Path home, String... arguments)
      throws StartFailure, ConfigException {
    Map<Option, String> given = options(arguments);
    String conf = given.getOrDefault(Option.CONF, home.resolve("zk-conf").toString());
    String data = given.getOrDefault(Option.DATA, home.resolve("data").toString());
    int hostId =
        given.containsKey(Option.HOST)
            ? hostId(given)
            : ClusterConfig.load(Path.of(conf)).localHost().id();
    return of(conf, hostId, data);
  }

  /** The options again, as {@link #parse(String...)} reads them. */
  public List<String> toOptions() {
    return List.of(
        Option.CONF.text(),
        conf.toString(),
        Option.HOST.text(),
        Integer.toString(hostId),
        Option.DATA.text(),
        data.toString());
  }

  /** Where this host keeps its files. */
  public HostFolder folder() {
    return HostFolder.of(data, hostId);
  }

  private static Map<Option, String> options(String... arguments) throws StartFailure {
    Map<Option, String> given = new EnumMap<>(Option.class);
    for (int i = 0; i < arguments.length; i += 2) {
      Option option = option(arguments[i]);
      if (i + 1 == arguments.length || arguments[i + 1].isBlank()) {
        throw misused(option.text() + " needs a value.");
      }
      if (given.put(option, arguments[i + 1]) != null) {
        throw misused(option.text() + " is given twice.");
      }
    }
    return given;
  }

  private static Option option(String text) throws StartFailure {
    for (Option option : Option.values()) {
      if (option.text().equals(text)) {
        return option;
      }
    }
    throw misused("unknown option " + text + "; there are --conf DIR, --host N and --data DIR.");
  }

  private static int hostId(Map<Option, String> given) throws StartFailure {
    String text = given.get(Option.HOST);
    if (!text.matches("\\d{1,3}")) {
      throw misused("--host " + text + " is not a host's number; give the N of a server.N line.");
    }
    return Integer.parseInt(text);
  }

  private static HostArguments of(String conf, int hostId, String data) throws StartFailure {
    return new HostArguments(real(Option.CONF, conf), hostId, real(Option.DATA, data));
  }

  private static Path real(Option option, String text) throws StartFailure {
    try {
      Path path = Path.of(text).toAbsolutePath();
      if (option == Option.DATA) {
        Files.createDirectories(path);
      }
      return path.toRealPath();
    } catch (NoSuchFileException e) {
      throw misused(option.text() + " " + text + ": no such folder.");
    } catch (IOException | InvalidPathException e) {
      throw misused(option.text() + " " + text + ": not a usable folder (" + e + ").");
    }
  }

  private static StartFailure misused(String message) {
    return new StartFailure(StartFailure.MISUSED, message);
  }
}

package parley.coordinator.supervision;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import parley.coordinator.cluster.Settings;

/**
 * The logging of the services: a file of bounded size, and a bounded number of older ones. Written
 * in Java, because reading XML would take a tenth of the processor time of a start.
 *
 * <p>Logback finds it as a {@link Configurator}. A process that was not started as a service, such
 * as a command or a test, gets what {@code logback.xml} says. Times in the log are for people to
 * read; nothing depends on them.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class ServiceLog extends ContextAwareBase implements Configurator {
  private static final String FILE = "parley.log.file";
  private static final String BYTES_MAX = "parley.log.bytes.max";
  private static final String FILES = "parley.log.files";

  private static final String PATTERN =
      "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0} [%thread]: %msg%n";

  // To a library every lost connection is an event, most often with a stack trace, and so is every
  // attempt to get it back. EnsemblePeer and ZooKeeperClient say once what came of it.
  private static final Map<String, Level> LIBRARIES =
      Map.of(
          "org.apache.zookeeper", Level.ERROR,
          "org.apache.zookeeper.ClientCnxnSocketNIO", Level.OFF,
          "org.apache.zookeeper.server.quorum.LearnerHandler", Level.OFF,
          "org.apache.curator", Level.WARN,
          "org.apache.curator.ConnectionState", Level.ERROR,
          "org.apache.curator.framework.state.ConnectionStateManager", Level.ERROR);

  /** For logback. */
  public ServiceLog() {}

  /** What a JVM is started with whose log this is to be. */
  static List<String> flags(Path file, Settings settings) {
    return List.of(
        "-D%s=%s".formatted(FILE, file),
        "-D%s=%d".formatted(BYTES_MAX, settings.logBytesMax()),
        "-D%s=%d".formatted(FILES, settings.logFiles()));
  }

  @Override
  public ExecutionStatus configure(LoggerContext logging) {
    String file = System.getProperty(FILE);
    if (file == null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    LIBRARIES.forEach((name, level) -> logging.getLogger(name).setLevel(level));
    Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    root.addAppender(appender(logging, file));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static RollingFileAppender<ILoggingEvent> appender(LoggerContext logging, String file) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(logging);
    encoder.setPattern(PATTERN);
    encoder.start();

    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(logging);
    appender.setName("FILE");
    appender.setFile(file);
    appender.setEncoder(encoder);
    appender.addFilter(new FailedAttempts());

    FixedWindowRollingPolicy older = new FixedWindowRollingPolicy();
    older.setContext(logging);
    older.setParent(appender);
    older.setFileNamePattern(file + ".%i");
    older.setMinIndex(1);
    older.setMaxIndex(Math.toIntExact(number(FILES)));
    older.start();
    appender.setRollingPolicy(older);

    SizeBound size = new SizeBound(number(BYTES_MAX));
    size.setContext(logging);
    size.start();
    appender.setTriggeringPolicy(size);

    appender.start();
    return appender;
  }

  private static long number(String property) {
    Long number = Long.getLong(property);
    if (number == null) {
      throw new IllegalArgumentException(
          "-D%s needs a number beside -D%s, but is %s"
              .formatted(property, FILE, System.getProperty(property, "not given")));
    }
    return number;
  }
}

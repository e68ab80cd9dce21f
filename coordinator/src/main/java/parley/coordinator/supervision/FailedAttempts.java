package parley.coordinator.supervision;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.util.Set;

/**
 * Keeps out of the log what libraries call an error, most of it with a stack trace, though they try
 * again by themselves and others say once what came of it. Whatever else the same classes have to
 * say as an error is for people.
 */
final class FailedAttempts extends Filter<ILoggingEvent> {

  private static final String LEARNER = "org.apache.zookeeper.server.quorum.Learner";
  private static final String CURATOR = "org.apache.curator.framework.imps.CuratorFrameworkImpl";
  private static final String LATCH = "org.apache.curator.framework.recipes.leader.LeaderLatch";

  private static final Set<String> OF_CONNECTION =
      Set.of(
          "ConnectionLossException",
          "CuratorConnectionLossException",
          "OperationTimeoutException",
          "SessionExpiredException",
          "SessionMovedException");
  private static final String NEW_PLACE = "failed to find our node; resetting";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean attempt =
        switch (event.getLoggerName()) {
          // A ZooKeeper peer could not reach the one it takes for the leader, and elects again.
          case LEARNER -> cause(event) instanceof IOException;
          // A call got no answer as long as it was tried again; the recipes begin anew when the
          // connection is back.
          case CURATOR -> cause(event) != null && isOfConnection(cause(event));
          // With its session, a candidate has lost its place, and takes a new one.
          case LATCH -> event.getMessage().contains(NEW_PLACE);
          default -> false;
        };
    return attempt ? FilterReply.DENY : FilterReply.NEUTRAL;
  }

  private static Throwable cause(ILoggingEvent event) {
    return event.getThrowableProxy() instanceof ThrowableProxy proxy ? proxy.getThrowable() : null;
  }

  // By name, because this package leaves ZooKeeper's classes to others.
  private static boolean isOfConnection(Throwable cause) {
    return OF_CONNECTION.contains(cause.getClass().getSimpleName());
  }
}

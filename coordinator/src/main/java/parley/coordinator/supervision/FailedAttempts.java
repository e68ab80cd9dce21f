package parley.coordinator.supervision;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;

/**
 * Keeps out of the log that a ZooKeeper peer could not reach the one it takes for the leader, which
 * it says with a stack trace, twice, and then elects again. Whatever else that class has to say as
 * an error is for people: then the peer's data cannot be brought in line, and its process ends.
 */
final class FailedAttempts extends Filter<ILoggingEvent> {

  private static final String LEARNER = "org.apache.zookeeper.server.quorum.Learner";

  @Override
  public FilterReply decide(ILoggingEvent event) {
    boolean attempt =
        event.getLoggerName().equals(LEARNER)
            && event.getThrowableProxy() instanceof ThrowableProxy proxy
            && proxy.getThrowable() instanceof IOException;
    return attempt ? FilterReply.DENY : FilterReply.NEUTRAL;
  }
}

package parley.client.discovery;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.ServerAddress;
import parley.client.base.DaemonThreads;

/**
 * Finds out what host names stand for, on threads of its own: a name service may take its time. All
 * methods are for its owner's thread alone.
 */
final class NameLookup implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NameLookup.class);
  private static final int THREADS = 4;
  private static final int IDLE_S = 5;

  private final Executor owner;
  private final BiConsumer<ServerAddress, List<SocketAddress>> answers;
  private final Set<ServerAddress> asked = new HashSet<>();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          IDLE_S,
          TimeUnit.SECONDS,
          // Bounded by asked.
          new LinkedBlockingQueue<>(),
          task -> DaemonThreads.named("parley-discovery-names", task),
          // What comes after close() is not wanted any more.
          new ThreadPoolExecutor.DiscardPolicy());

  /**
   * @param answers told on the owner's thread; an empty list means that nothing is known of a name
   */
  NameLookup(Executor owner, BiConsumer<ServerAddress, List<SocketAddress>> answers) {
    this.owner = owner;
    this.answers = answers;
    threads.allowCoreThreadTimeOut(true);
  }

  /** What a numeric host stands for; empty for a name. */
  static Optional<List<SocketAddress>> numeric(ServerAddress address) {
    return InetAddresses.isInetAddress(address.host())
        ? Optional.of(
            List.of(new InetSocketAddress(InetAddresses.forString(address.host()), address.port())))
        : Optional.empty();
  }

  /** Asks the name service, unless it is being asked already. */
  void ask(ServerAddress address) {
    if (asked.add(address)) {
      threads.execute(
          () -> {
            List<SocketAddress> sockets = lookUp(address);
            owner.execute(
                () -> {
                  asked.remove(address);
                  answers.accept(address, sockets);
                });
          });
    }
  }

  /** Whether an answer is still to come. */
  boolean busy() {
    return !asked.isEmpty();
  }

  /** A lookup that is going on is not waited for. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private static List<SocketAddress> lookUp(ServerAddress address) {
    try {
      return Arrays.stream(InetAddress.getAllByName(address.host()))
          .<SocketAddress>map(found -> new InetSocketAddress(found, address.port()))
          .toList();
    } catch (UnknownHostException e) {
      log.debug("{} is registered, but its name is not known here", address);
      return List.of();
    }
  }
}

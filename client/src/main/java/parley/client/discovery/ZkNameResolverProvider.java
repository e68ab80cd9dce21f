package parley.client.discovery;

import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Lets every gRPC channel of a program find frontends through ZooKeeper, by its target alone:
 *
 * <pre>{@code
 * ManagedChannelBuilder.forTarget("zk:///host1:2181,host2:2181/parley/services/frontend")
 * }</pre>
 *
 * <p>gRPC finds this class by itself, where the library is on the class path. Where all of
 * ZooKeeper's servers listen at 2181, {@code zk://host1,host2/parley/services/frontend} says the
 * same. (A port for each server behind {@code //} is understood here, too, but gRPC reads targets
 * as RFC 3986 has them, with one port at most, and refuses others before anybody is asked; unless
 * the program runs with {@code -DGRPC_ENABLE_RFC3986_URIS=false}.)
 *
 * <p><b>What a channel may rely on.</b> It follows the registry as frontends come and go. What is
 * known stays known while ZooKeeper is away and while the registry is empty: entries are hints, and
 * connecting is what shows whether a frontend is there. Only as long as nothing was ever known do
 * calls fail, with {@code UNAVAILABLE} and the reason; those that wait for ready wait. ZooKeeper is
 * tried in the background without end. All channels of one target share one ZooKeeper session,
 * which ends with the last of them.
 *
 * <p><b>How channels spread.</b> Each channel has one connection, to the first frontend that
 * answers, in an order of its own drawn at random: gRPC's {@code pick_first}, its default, over a
 * shuffled list. Not {@code round_robin}: a user of {@code hw2} is connected for as long as the
 * connection lives on which he logged in, so a user's calls must not go here and there. For the
 * same reason a connection that works is never given up because another frontend has come back; the
 * channel returns to its first choice when it connects next. So the frontends that are left share
 * the channels of a lost one evenly, and entries that come back one by one gather nobody at the
 * first.
 *
 * <p><b>What it does not do.</b> It does not know whether a frontend is well. And how soon a
 * channel tries again when no frontend at all has answered is gRPC's affair, whose pauses grow with
 * the length of the outage; {@code ManagedChannel.resetConnectBackoff()} ends such a pause.
 */
public final class ZkNameResolverProvider extends NameResolverProvider {
  private final Watches watches = new Watches();

  /** Called by gRPC. */
  public ZkNameResolverProvider() {}

  /**
   * The resolver of a new channel.
   *
   * @throws IllegalArgumentException saying what is wrong with the target
   */
  @Override
  public NameResolver newNameResolver(URI target, NameResolver.Args channel) {
    return new ZkNameResolver(
        ZkTarget.parse(target),
        watches,
        new Preference(ThreadLocalRandom.current().nextLong()),
        channel.getSynchronizationContext());
  }

  @Override
  public String getDefaultScheme() {
    return ZkTarget.SCHEME;
  }

  @Override
  protected boolean isAvailable() {
    return true;
  }

  /** Less than that of {@code dns}: targets without a scheme stay what they are. */
  @Override
  protected int priority() {
    return 4;
  }
}

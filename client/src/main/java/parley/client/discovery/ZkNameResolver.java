package parley.client.discovery;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Tells one channel where its frontends are, in the channel's own order.
 *
 * <p>Used in the channel's synchronization context alone, which the watch's news are brought to.
 * Never takes back what it has said: a channel that hears of an error gives its connections up.
 */
final class ZkNameResolver extends NameResolver {
  private final ZkTarget target;
  private final Watches watches;
  private final Preference preference;
  private final SynchronizationContext context;
  private final Consumer<View> onView = this::onView;
  private Listener2 listener;
  private RegistryWatch watch;
  private List<EquivalentAddressGroup> told = List.of();

  ZkNameResolver(
      ZkTarget target, Watches watches, Preference preference, SynchronizationContext context) {
    this.target = target;
    this.watches = watches;
    this.preference = preference;
    this.context = context;
  }

  @Override
  public String getServiceAuthority() {
    return target.service();
  }

  @Override
  public void start(Listener2 channel) {
    listener = channel;
    watch = watches.join(target, onView);
  }

  @Override
  public void refresh() {
    if (watch != null) {
      watch.refresh();
    }
  }

  @Override
  public void shutdown() {
    if (watch != null) {
      watches.leave(target, onView);
      watch = null;
    }
  }

  private void onView(View view) {
    context.execute(() -> tell(view));
  }

  private void tell(View view) {
    if (watch == null) {
      return;
    }
    if (view instanceof View.Frontends frontends) {
      List<EquivalentAddressGroup> next =
          Stream.concat(
                  preference.order(frontends.registered()).stream(),
                  preference.order(frontends.vanished()).stream())
              .map(frontend -> new EquivalentAddressGroup(frontend.sockets()))
              .toList();
      if (!next.equals(told)) {
        told = next;
        tell(StatusOr.fromValue(next));
      }
    } else if (view instanceof View.Nothing nothing) {
      tell(StatusOr.fromStatus(Status.UNAVAILABLE.withDescription(nothing.why())));
    }
  }

  private void tell(StatusOr<List<EquivalentAddressGroup>> frontends) {
    listener.onResult2(ResolutionResult.newBuilder().setAddressesOrError(frontends).build());
  }
}

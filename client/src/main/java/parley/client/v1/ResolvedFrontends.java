package parley.client.v1;

import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolver.ConfigOrError;
import io.grpc.NameResolver.ResolutionResult;
import io.grpc.NameResolver.ServiceConfigParser;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.client.ServerAddress;

/**
 * The frontends that a gRPC name resolver finds, whichever is responsible for the target: {@code
 * zk:///…} of this library, or {@code dns:///…}.
 */
final class ResolvedFrontends implements Directory {
  private static final Logger log = LoggerFactory.getLogger(ResolvedFrontends.class);

  private final Loop loop;
  private final SynchronizationContext context =
      new SynchronizationContext(
          (thread, e) -> log.error("A name resolver of the client has failed", e));
  private final NameResolver resolver;

  /**
   * A directory that has not begun.
   *
   * @throws IllegalArgumentException saying what is wrong with the target
   */
  ResolvedFrontends(URI target, int defaultPort, Loop loop) {
    this.loop = loop;
    NameResolverProvider provider =
        NameResolverRegistry.getDefaultRegistry().getProviderForScheme(target.getScheme());
    NameResolver found =
        provider == null
            ? null
            : provider.newNameResolver(
                target,
                NameResolver.Args.newBuilder()
                    .setDefaultPort(defaultPort)
                    .setProxyDetector(address -> null)
                    .setSynchronizationContext(context)
                    .setScheduledExecutorService(loop.timer())
                    .setServiceConfigParser(new NoServiceConfig())
                    .build());
    if (found == null) {
      throw new IllegalArgumentException(
          "the target '%s' cannot be used: nobody knows the scheme '%s'"
              .formatted(target, target.getScheme()));
    }
    resolver = found;
  }

  @Override
  public void start(Listener listener) {
    context.execute(() -> resolver.start(new Answers(listener)));
  }

  @Override
  public void refresh() {
    context.execute(resolver::refresh);
  }

  @Override
  public void close() {
    context.execute(resolver::shutdown);
  }

  private final class Answers extends NameResolver.Listener2 {
    private final Listener listener;

    Answers(Listener listener) {
      this.listener = listener;
    }

    @Override
    public Status onResult2(ResolutionResult result) {
      StatusOr<List<EquivalentAddressGroup>> answer = result.getAddressesOrError();
      if (answer.hasValue()) {
        List<ServerAddress> frontends = addresses(answer.getValue());
        loop.execute(() -> listener.onFrontends(frontends));
      } else {
        onError(answer.getStatus());
      }
      return Status.OK;
    }

    @Override
    public void onResult(ResolutionResult result) {
      context.execute(() -> onResult2(result));
    }

    @Override
    public void onError(Status why) {
      loop.execute(() -> listener.onNothing(Failures.words(why)));
    }
  }

  private static List<ServerAddress> addresses(List<EquivalentAddressGroup> groups) {
    return groups.stream()
        .flatMap(group -> group.getAddresses().stream())
        .filter(InetSocketAddress.class::isInstance)
        .map(InetSocketAddress.class::cast)
        .map(address -> new ServerAddress(address.getHostString(), address.getPort()))
        .distinct()
        .toList();
  }

  // The client itself says how often a call is tried.
  private static final class NoServiceConfig extends ServiceConfigParser {
    @Override
    public ConfigOrError parseServiceConfig(Map<String, ?> config) {
      return ConfigOrError.fromConfig(config);
    }
  }
}

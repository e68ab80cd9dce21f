/**
 * Keeps the three processes of a host alive: who lives, who is hung, and who starts them again.
 *
 * <p>A process lives while it holds its lock ({@code DATA/hostN/run/ROLE.lock}), taken before its
 * JVM exists and given back by the kernel at any death. {@link LifeLine} is how a living process
 * shows that its loop turns, {@code Watch} how another one looks at it, and {@code
 * scripts/process.sh} the only place where processes are started and killed. Mains begin with
 * {@link HostProcess}.
 *
 * <p>Knows nothing of ZooKeeper or gRPC: what runs here must work when they do not.
 */
package parley.coordinator.supervision;

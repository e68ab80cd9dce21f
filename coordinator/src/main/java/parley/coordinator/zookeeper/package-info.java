/**
 * What a service asks of ZooKeeper: who should try to be primary, which epoch is known, where
 * services are.
 *
 * <p>The only user of Curator. Everything read here is a hint: whoever uses it checks by talking to
 * the service itself, and Parley's promises hold without it. A process has one {@link
 * parley.coordinator.zookeeper.ZooKeeperClient}; the other classes are given it, share its thread,
 * and survive whatever happens to its session.
 */
package parley.coordinator.zookeeper;

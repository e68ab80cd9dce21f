/**
 * Finding frontends: teaches gRPC channels the targets {@code zk:///…}, which name ZooKeeper's
 * servers and the znode under which frontends register themselves. A program has nothing to call;
 * start reading with {@link parley.client.discovery.ZkNameResolverProvider}.
 */
package parley.client.discovery;

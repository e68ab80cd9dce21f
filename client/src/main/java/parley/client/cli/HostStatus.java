package parley.client.cli;

import java.util.Optional;
import parley.client.ReplicaStatus;

/**
 * What one host's processes have answered.
 *
 * @param replica what its timeline service says; empty if it does not answer
 * @param zooKeeper the role of its ZooKeeper peer; empty if it does not answer
 * @param frontendServes whether its frontend takes calls
 */
record HostStatus(
    HostEndpoints endpoints,
    Optional<ReplicaStatus> replica,
    Optional<String> zooKeeper,
    boolean frontendServes) {}

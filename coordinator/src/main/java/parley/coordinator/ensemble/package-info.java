/**
 * This host's member of the ZooKeeper ensemble, run inside the coordinator.
 *
 * <p>The only package that runs ZooKeeper's server. Nothing that matters is kept in the ensemble:
 * it says who should try to be primary and where services are, and Parley's promises hold without
 * it.
 */
package parley.coordinator.ensemble;

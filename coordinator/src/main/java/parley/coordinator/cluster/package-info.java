/**
 * Who the hosts are and how the services are set: plain values read from the configuration folder.
 *
 * <p>Depends on nothing but the JDK, so that every module may use it.
 */
package parley.coordinator.cluster;

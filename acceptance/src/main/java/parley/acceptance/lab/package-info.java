/**
 * A laboratory: three real hosts on one machine, run by the shipped scripts, to which things can
 * happen, and of which nothing is left afterwards.
 *
 * <p>{@link LabMain} runs an experiment's main in the clients' namespace of a {@link Laboratory};
 * there {@link LocalCluster} is three hosts on {@link Network#ofThisProcess()}:
 *
 * <pre>{@code
 * Equipment equipment = Equipment.PLAIN.withClocks().withDisks(128);
 * try (LocalCluster hosts = LocalCluster.create(home, Network.ofThisProcess(), equipment)) {
 *   hosts.start();
 *   patience.await("all hosts serve", hosts::serving);
 *   Fault fault = new Unplugged(hosts.primary().orElseThrow());
 *   fault.obstacle(hosts).ifPresent(why -> ...left out...);
 *   Injury injury = fault.inject(hosts);
 *   ...
 *   injury.heal();
 * }
 * }</pre>
 *
 * <p>Started by itself, the same main has loopback addresses: whatever has no wires, clocks or
 * disks there says so by its obstacle.
 */
package parley.acceptance.lab;

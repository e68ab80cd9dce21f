package parley.acceptance.faults;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import parley.acceptance.lab.Equipment;
import parley.acceptance.lab.fault.Fault;

/**
 * What a cell begins with.
 *
 * @param equipment what the hosts must have
 * @param clientsAt the hosts whose frontends have clients
 * @param wanted in which situations it can be tried; others are changed until one is found
 * @param before what is done, and has healed, before both windows
 */
record Setting(
    Equipment equipment,
    Set<Integer> clientsAt,
    Predicate<Situation> wanted,
    Optional<Function<Situation, Fault>> before) {

  /** Any situation of plain hosts, with clients everywhere. */
  static final Setting USUAL =
      new Setting(Equipment.PLAIN, Set.of(1, 2, 3), situation -> true, Optional.empty());

  Setting on(Equipment needed) {
    return new Setting(needed, clientsAt, wanted, before);
  }

  Setting withClientsAt(Set<Integer> hosts) {
    return new Setting(equipment, hosts, wanted, before);
  }

  Setting when(Predicate<Situation> situation) {
    return new Setting(equipment, clientsAt, situation, before);
  }

  Setting after(Function<Situation, Fault> earlier) {
    return new Setting(equipment, clientsAt, wanted, Optional.of(earlier));
  }
}

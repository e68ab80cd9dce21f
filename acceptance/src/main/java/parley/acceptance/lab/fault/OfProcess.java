package parley.acceptance.lab.fault;

import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.Role;

/** Something that goes wrong with one process. */
public sealed interface OfProcess extends Fault permits Hang, Kill, Nap {

  Role role();

  int host();

  @Override
  default Set<Integer> frontendsHit() {
    return role() == Role.FRONTEND ? Set.of(host()) : Set.of();
  }

  @Override
  default Optional<String> obstacle(LocalCluster hosts) {
    return Optional.empty();
  }
}

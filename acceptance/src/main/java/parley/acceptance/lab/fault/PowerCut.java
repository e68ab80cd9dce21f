package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import parley.acceptance.lab.LocalCluster;

/** All hosts die in the same instant, and are started again. */
public record PowerCut() implements Fault {

  private static final Set<Integer> ALL = Set.of(1, 2, 3);

  @Override
  public String name() {
    return "kill -9 of everything on all hosts";
  }

  @Override
  public Set<Integer> frontendsHit() {
    return ALL;
  }

  @Override
  public Optional<String> obstacle(LocalCluster hosts) {
    return Optional.empty();
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    return new Injury(hosts.powerOff(ALL), hosts::start);
  }
}

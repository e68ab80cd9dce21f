package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import parley.acceptance.lab.LocalCluster;
import parley.acceptance.lab.ServiceProcess;

/** Several faults in the same moment, healed in the order given. */
public record Together(List<Fault> faults) implements Fault {

  public Together {
    faults = List.copyOf(faults);
  }

  public Together(Fault... faults) {
    this(List.of(faults));
  }

  @Override
  public String name() {
    return faults.stream().map(Fault::name).collect(Collectors.joining(", and "));
  }

  @Override
  public Set<Integer> frontendsHit() {
    Set<Integer> hit = new HashSet<>();
    faults.forEach(fault -> hit.addAll(fault.frontendsHit()));
    return hit;
  }

  @Override
  public Optional<String> obstacle(LocalCluster hosts) {
    return faults.stream().flatMap(fault -> fault.obstacle(hosts).stream()).findFirst();
  }

  @Override
  public Injury inject(LocalCluster hosts) throws IOException, InterruptedException {
    List<Injury> injuries = injectAtOnce(hosts);
    List<ServiceProcess> victims =
        injuries.stream().flatMap(injury -> injury.victims().stream()).toList();
    return new Injury(
        victims,
        () -> {
          for (Injury injury : injuries) {
            injury.heal();
          }
        });
  }

  private List<Injury> injectAtOnce(LocalCluster hosts) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(faults.size());
    try {
      List<Future<Injury>> begun = new ArrayList<>();
      for (Fault fault : faults) {
        begun.add(threads.submit(() -> fault.inject(hosts)));
      }
      List<Injury> injuries = new ArrayList<>();
      for (Future<Injury> injury : begun) {
        injuries.add(injury.get());
      }
      return injuries;
    } catch (ExecutionException e) {
      throw new IOException(name() + ": " + e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdown();
    }
  }
}

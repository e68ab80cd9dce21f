package parley.acceptance.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Cuts cables between namespaces with {@code ip}, {@code iptables} and {@code tc}. */
final class NamespaceWires implements Wires {

  private static final String BEGIN = "-I";
  private static final String END = "-D";

  private final Namespaces namespaces;
  private final Set<Integer> throttled = ConcurrentHashMap.newKeySet();

  NamespaceWires(Namespaces namespaces) {
    this.namespaces = namespaces;
  }

  @Override
  public void unplug(int host) throws IOException, InterruptedException {
    interfaceOf(host, "down");
  }

  @Override
  public void plug(int host) throws IOException, InterruptedException {
    interfaceOf(host, "up");
  }

  private void interfaceOf(int host, String state) throws IOException, InterruptedException {
    Command.run("ip", "-n", namespaces.host(host), "link", "set", "eth0", state);
  }

  @Override
  public void block(int from, int to) throws IOException, InterruptedException {
    blocking(BEGIN, from, to);
  }

  @Override
  public void unblock(int from, int to) throws IOException, InterruptedException {
    blocking(END, from, to);
  }

  private void blocking(String action, int from, int to) throws IOException, InterruptedException {
    rule(to, action, "INPUT", "-s", namespaces.address(from));
  }

  @Override
  public void blockClients(int host) throws IOException, InterruptedException {
    blockingClients(BEGIN, host);
  }

  @Override
  public void unblockClients(int host) throws IOException, InterruptedException {
    blockingClients(END, host);
  }

  private void blockingClients(String action, int host) throws IOException, InterruptedException {
    rule(host, action, "INPUT", "-s", namespaces.clientsAddress());
    rule(host, action, "OUTPUT", "-d", namespaces.clientsAddress());
  }

  @Override
  public void lose(int host, double share) throws IOException, InterruptedException {
    losing(BEGIN, host, share);
  }

  @Override
  public void loseNoMore(int host, double share) throws IOException, InterruptedException {
    losing(END, host, share);
  }

  private void losing(String action, int host, double share)
      throws IOException, InterruptedException {
    String probability = String.format(Locale.ROOT, "%.4f", share);
    rule(
        host,
        action,
        "INPUT",
        "-i",
        "eth0",
        "-m",
        "statistic",
        "--mode",
        "random",
        "--probability",
        probability);
  }

  private void rule(int host, String action, String chain, String... match)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("ip", "netns", "exec", namespaces.host(host), "iptables", action, chain));
    command.addAll(List.of(match));
    command.addAll(List.of("-j", "DROP"));
    Command.run(command);
  }

  @Override
  public void throttle(int host, int kilobits) throws IOException, InterruptedException {
    throttled.add(host);
    throttle(namespaces.host(host), "eth0", kilobits);
    throttle(namespaces.clients(), namespaces.port(host), kilobits);
  }

  private static void throttle(String namespace, String device, int kilobits)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("tc", "-n", namespace, "qdisc", "replace", "dev", device, "root"));
    command.addAll(List.of("tbf", "rate", kilobits + "kbit", "burst", "16kb", "latency", "300ms"));
    Command.run(command);
  }

  @Override
  public void throttleNoMore(int host) throws IOException, InterruptedException {
    Command.run("tc", "-n", namespaces.host(host), "qdisc", "del", "dev", "eth0", "root");
    String port = namespaces.port(host);
    Command.run("tc", "-n", namespaces.clients(), "qdisc", "del", "dev", port, "root");
    throttled.remove(host);
  }

  /** Makes everything whole again, whatever was cut. */
  void healAll() {
    try {
      for (int host = 1; host <= Hosts.COUNT; host++) {
        plug(host);
        Command.run("ip", "netns", "exec", namespaces.host(host), "iptables", "-F");
        if (throttled.contains(host)) {
          throttleNoMore(host);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

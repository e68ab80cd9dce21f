package parley.acceptance.lab;

import java.util.List;

/**
 * Runs an experiment's main in a laboratory with a network of its own: {@code LabMain MAINCLASS
 * [ARGUMENT...]}, with this JVM's class path and options.
 *
 * <p>The experiment runs in a JVM in the clients' namespace, where {@link Network#ofThisProcess()}
 * knows the hosts' namespaces. Its output and exit status are passed on. Afterwards, also after a
 * failure or Ctrl-C, whatever still runs in the namespaces is killed, and the namespaces are
 * removed. Where namespaces are not permitted, it runs the same on loopback addresses, and says so.
 */
public final class LabMain {

  private LabMain() {}

  /** Exits with what the experiment exits with. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.err.println("usage: LabMain MAINCLASS [ARGUMENT...]");
      System.exit(2);
    }
    int status;
    try (Laboratory laboratory = Laboratory.create()) {
      status = laboratory.run(List.of(args));
    }
    System.exit(status);
  }
}

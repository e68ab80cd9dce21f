package parley.client.cli;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jline.utils.Signals;

/**
 * Makes Ctrl-C an interrupt of the thread that runs the command, so that commands end in their own
 * way; a second one ends the program at once.
 */
final class CtrlC {

  private CtrlC() {}

  static void interrupts(Thread worker) {
    AtomicBoolean pressed = new AtomicBoolean();
    Signals.register(
        "INT",
        () -> {
          if (pressed.getAndSet(true)) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
          }
          worker.interrupt();
        });
  }
}

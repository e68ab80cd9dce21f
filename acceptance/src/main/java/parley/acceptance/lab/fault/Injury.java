package parley.acceptance.lab.fault;

import java.io.IOException;
import java.util.List;
import parley.acceptance.lab.ServiceProcess;

/** What a fault has done, and how that ends. */
public final class Injury {

  /** What ends a fault. */
  interface Cure {

    /** For what heals without help. */
    Cure NONE = () -> {};

    void apply() throws IOException, InterruptedException;
  }

  private final List<ServiceProcess> victims;
  private final Cure cure;

  Injury(List<ServiceProcess> victims, Cure cure) {
    this.victims = List.copyOf(victims);
    this.cure = cure;
  }

  /** An injury of no particular process. */
  Injury(Cure cure) {
    this(List.of(), cure);
  }

  /** The processes that were killed or stopped, or will die of it: others must take their place. */
  public List<ServiceProcess> victims() {
    return victims;
  }

  /**
   * Ends what does not end by itself: plugs in, starts again, sets right. Does nothing for what
   * supervision has to heal. To be called once.
   */
  public void heal() throws IOException, InterruptedException {
    cure.apply();
  }
}

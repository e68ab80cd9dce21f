package parley.acceptance.history;

import java.io.IOException;
import java.util.function.Consumer;

/** What happened, from the beginning, as often as one wants to hear it. */
@FunctionalInterface
public interface History {

  /** Tells every event in order. */
  void tell(Consumer<Event> listener) throws IOException;
}

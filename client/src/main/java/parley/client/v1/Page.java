package parley.client.v1;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list.
 *
 * @param next where the following page begins, at whichever frontend; empty on the last one
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}

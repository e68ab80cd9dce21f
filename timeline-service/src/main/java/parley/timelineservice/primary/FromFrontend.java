package parley.timelineservice.primary;

import java.util.List;

/**
 * What a frontend says to the primary on its line; the meaning stands in {@code
 * parley/store/store.proto}.
 */
public sealed interface FromFrontend {

  record Hello(
      int host,
      long incarnation,
      List<String> names,
      boolean complete,
      boolean register,
      long replaces)
      implements FromFrontend {}

  /** {@code entries} are encoded and numbered consecutively from {@code firstNumber}. */
  record Submit(long client, long firstNumber, int count, byte[] entries, long acknowledgedNumber)
      implements FromFrontend {}

  record ConfirmRead(long id) implements FromFrontend {}

  record Claim(long id, String name, boolean join) implements FromFrontend {}

  record Release(long id, String name) implements FromFrontend {}

  record Held(long id, boolean held) implements FromFrontend {}
}

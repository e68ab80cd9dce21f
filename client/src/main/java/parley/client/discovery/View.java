package parley.client.discovery;

import java.util.List;

/** What channels are told about the frontends of their target. */
sealed interface View {

  /**
   * There are some, at least one in both lists together.
   *
   * @param registered those that the registry names now
   * @param vanished those that it named until a while ago, and which may still be there
   */
  record Frontends(List<Frontend> registered, List<Frontend> vanished) implements View {
    public Frontends {
      registered = List.copyOf(registered);
      vanished = List.copyOf(vanished);
    }
  }

  /**
   * Nothing was ever known.
   *
   * @param why for people
   */
  record Nothing(String why) implements View {}
}

package parley.frontend.store;

/** Learns where commands stand, in the order in which they were added to their lane. */
public interface PlaceListener {

  /**
   * The command has its {@link Outcome}, and if it took effect, this frontend's timeline shows it.
   *
   * @param index its place; 0 if it took no effect
   */
  void onPlaced(Command command, Outcome outcome, long index);
}

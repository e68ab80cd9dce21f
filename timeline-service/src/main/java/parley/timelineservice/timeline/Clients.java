package parley.timelineservice.timeline;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which incarnation speaks for each host, and how far each one's commands have been taken (R11,
 * R12).
 *
 * <p>Invariants: an incarnation is current on at most one host; once superseded it is never current
 * again, for which eight bytes per superseded incarnation are kept for ever; a client's {@code
 * lastNumber} only grows, by one per command taken.
 *
 * <p>Of a client's outcomes, those other than DONE are kept, the newest {@value #OUTCOMES_MAX} of
 * them: a number at or below the last without a kept outcome was DONE. A frontend therefore never
 * has more commands other than posts under way than that.
 */
final class Clients {

  /** How many outcomes other than DONE are kept per client. */
  static final int OUTCOMES_MAX = 4096;

  private static final class Client {
    final long incarnation;
    final int host;
    long lastNumber;

    /** What the state sum and storage know; differs only within a slot. */
    long settledNumber;

    final TreeMap<Long, Outcome> outcomes = new TreeMap<>();

    Client(Change.ClientStands stands) {
      incarnation = stands.client();
      host = stands.host();
      lastNumber = stands.lastNumber();
      settledNumber = lastNumber;
    }

    Change.ClientStands settled() {
      return new Change.ClientStands(incarnation, host, settledNumber);
    }
  }

  private final Map<Integer, Client> byHost = new TreeMap<>();
  private final Map<Long, Client> byIncarnation = new LinkedHashMap<>();
  private long[] superseded = new long[0];
  private final StateSum sum;

  Clients(StateSum sum) {
    this.sum = sum;
  }

  boolean knows(long incarnation) {
    return byIncarnation.containsKey(incarnation);
  }

  /** The host's current incarnation; 0 if it has none. */
  long current(int host) {
    Client client = byHost.get(host);
    return client == null ? 0 : client.incarnation;
  }

  /** The last number that the client used up; the client must be known. */
  long lastNumber(long incarnation) {
    return client(incarnation).lastNumber;
  }

  /** What came of a number at or below the client's last; the client must be known. */
  Outcome outcome(long incarnation, long number) {
    return client(incarnation).outcomes.getOrDefault(number, Outcome.DONE);
  }

  /**
   * Decides a Register (R11): it takes effect only if {@code replaces} is the host's current
   * incarnation, 0 standing for none, and the newcomer was never registered before.
   */
  void register(long incarnation, Command.Register register, SlotInProgress slot) {
    boolean everRegistered = knows(incarnation) || isSuperseded(incarnation);
    long current = current(register.host());
    if (incarnation == 0 || everRegistered || register.replaces() != current) {
      return;
    }
    if (current != 0) {
      settle(slot, byHost.get(register.host()));
      Change.ClientSuperseded gone = new Change.ClientSuperseded(current);
      make(gone);
      slot.changed(gone);
    }
    Change.ClientStands stands = new Change.ClientStands(incarnation, register.host(), 0);
    make(stands);
    slot.changed(stands);
  }

  /** The client's next number is used up with this outcome. */
  void take(long incarnation, Outcome outcome, SlotInProgress slot) {
    Client client = client(incarnation);
    client.lastNumber++;
    if (outcome == Outcome.DONE) {
      return;
    }
    Change.OutcomeKept kept = new Change.OutcomeKept(incarnation, client.lastNumber, outcome);
    make(kept);
    slot.changed(kept);
    if (client.outcomes.size() > OUTCOMES_MAX) {
      Change.OutcomeForgotten oldest =
          new Change.OutcomeForgotten(incarnation, client.outcomes.firstKey());
      make(oldest);
      slot.changed(oldest);
    }
  }

  /** Ends a slot: one change per client whose number moved, however many commands it had. */
  void settle(SlotInProgress slot) {
    for (Client client : byHost.values()) {
      settle(slot, client);
    }
  }

  private void settle(SlotInProgress slot, Client client) {
    if (client.settledNumber != client.lastNumber) {
      sum.remove(client.settled());
      client.settledNumber = client.lastNumber;
      sum.add(client.settled());
      slot.changed(client.settled());
    }
  }

  void make(Change.ClientStands stands) {
    Client client = new Client(stands);
    Client other = byHost.put(stands.host(), client);
    if (other != null || byIncarnation.put(stands.client(), client) != null) {
      throw new IllegalStateException("two current clients: " + stands + " beside another one");
    }
    sum.add(stands);
  }

  void make(Change.ClientSuperseded gone) {
    Client client = byIncarnation.remove(gone.client());
    if (client != null) {
      byHost.remove(client.host);
      sum.remove(client.settled());
      client.outcomes.forEach(
          (number, outcome) ->
              sum.remove(new Change.OutcomeKept(client.incarnation, number, outcome)));
    }
    int at = -1 - Arrays.binarySearch(superseded, gone.client());
    long[] longer = new long[superseded.length + 1];
    System.arraycopy(superseded, 0, longer, 0, at);
    longer[at] = gone.client();
    System.arraycopy(superseded, at, longer, at + 1, superseded.length - at);
    superseded = longer;
    sum.add(gone);
  }

  void make(Change.OutcomeKept kept) {
    client(kept.client()).outcomes.put(kept.number(), kept.outcome());
    sum.add(kept);
  }

  void make(Change.OutcomeForgotten forgotten) {
    Outcome outcome = client(forgotten.client()).outcomes.remove(forgotten.number());
    sum.remove(new Change.OutcomeKept(forgotten.client(), forgotten.number(), outcome));
  }

  private boolean isSuperseded(long incarnation) {
    return Arrays.binarySearch(superseded, incarnation) >= 0;
  }

  private Client client(long incarnation) {
    Client client = byIncarnation.get(incarnation);
    if (client == null) {
      throw new IllegalStateException("no current client has the incarnation " + incarnation);
    }
    return client;
  }
}

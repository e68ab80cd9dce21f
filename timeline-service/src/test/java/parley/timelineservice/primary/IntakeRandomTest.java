package parley.timelineservice.primary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import parley.timelineservice.timeline.Outcome;

/**
 * Clients that lose lines and send again, primaries that lose batches, and a dumb timeline that
 * applies R12 by the letter: in the end each command took effect once, in order, and was answered,
 * and the answers on a line came in order.
 */
class IntakeRandomTest {

  private static final int BATCH_MAX = 60;

  private final Map<Long, Long> last = new TreeMap<>();
  private final List<String> effects = new ArrayList<>();
  private final ArrayDeque<String> log = new ArrayDeque<>();
  private List<Client> clients;
  private Intake intake;

  @Test
  void eachCommandTakesEffectOnceInOrderAndIsAnswered() {
    for (int seed = 0; seed < 300; seed++) {
      try {
        run(new Random(seed));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("Seed " + seed, e);
      }
    }
  }

  private void run(Random random) {
    last.clear();
    effects.clear();
    log.clear();
    last.putAll(Map.of(1L, 0L, 2L, 0L, 3L, 0L));
    newPrimary();
    clients = List.of(new Client(1), new Client(2), new Client(3));
    clients.forEach(Client::connect);
    for (int step = 0; step < 400; step++) {
      Client client = clients.get(random.nextInt(3));
      switch (random.nextInt(10)) {
        case 0, 1, 2, 3 -> client.sendNew(1 + random.nextInt(3));
        case 4, 5, 6 -> propose();
        case 7, 8 -> applyOne();
        default -> {
          if (random.nextInt(6) == 0) {
            client.connect();
          } else if (random.nextInt(6) == 0) {
            client.disconnect();
          } else if (random.nextInt(20) == 0) {
            loseAPrimary(random);
          }
        }
      }
    }
    clients.stream().filter(client -> client.line == null).forEach(Client::connect);
    for (int round = 0; round < 100 && !clients.stream().allMatch(Client::isDone); round++) {
      propose();
      applyOne();
      clients.forEach(Client::resendWhatWasRefused);
    }
    assertThat(intake.waiting()).isZero();
    for (Client client : clients) {
      assertThat(client.isDone()).as("all of client %d is answered", client.id).isTrue();
      List<String> expected = new ArrayList<>();
      for (long number = 1; number < client.nextNew; number++) {
        expected.add(client.id + "." + number);
      }
      assertThat(effects.stream().filter(e -> e.startsWith(client.id + ".")))
          .containsExactlyElementsOf(expected);
    }
  }

  private void newPrimary() {
    intake =
        new Intake(
            new Intake.ClientNumbers() {
              @Override
              public long next(long client) {
                return last.get(client) + 1;
              }

              @Override
              public boolean knows(long client) {
                return last.containsKey(client);
              }
            },
            (host, incarnation, replaces) -> new byte[0],
            BATCH_MAX,
            Long.MAX_VALUE);
  }

  private void propose() {
    int waiting = intake.waiting();
    intake
        .nextBatch()
        .ifPresent(
            joined -> {
              assertThat(joined.bytes().length).isLessThanOrEqualTo(BATCH_MAX);
              String entries = new String(joined.bytes(), UTF_8);
              assertThat(entries.split(";")).hasSize(joined.count());
              assertThat(intake.waiting()).isEqualTo(waiting - joined.count());
              log.add(entries);
            });
  }

  private void applyOne() {
    if (!log.isEmpty()) {
      for (String entry : log.remove().split(";")) {
        apply(entry);
      }
    }
  }

  private void apply(String entry) {
    long client = Long.parseLong(entry.substring(0, entry.indexOf('.')));
    long number = Long.parseLong(entry.substring(entry.indexOf('.') + 1));
    if (number == last.get(client) + 1) {
      last.put(client, number);
      effects.add(entry);
      intake.onApplied(client, number, Outcome.DONE, effects.size());
    } else if (number <= last.get(client)) {
      intake.onApplied(client, number, Outcome.DONE, effects.indexOf(entry) + 1);
    } else {
      intake.onVoid(client, number);
    }
  }

  /** Some of what was proposed last is lost; what is left is applied before the next one serves. */
  private void loseAPrimary(Random random) {
    while (!log.isEmpty() && random.nextBoolean()) {
      log.removeLast();
    }
    intake.clear();
    while (!log.isEmpty()) {
      applyOne();
    }
    newPrimary();
    clients.forEach(Client::connect);
  }

  private final class Client {
    final long id;
    // Unanswered submits by first number: how many commands.
    final TreeMap<Long, Integer> open = new TreeMap<>();
    final Set<Long> refused = new HashSet<>();
    final Map<Long, Long> lastIndexes = new HashMap<>();
    long nextNew = 1;
    FrontendLine line;

    Client(long id) {
      this.id = id;
    }

    void sendNew(int count) {
      open.put(nextNew, count);
      nextNew += count;
      submit(open.lastKey());
    }

    /** Answers are lost until the client connects again. */
    void disconnect() {
      if (line != null) {
        intake.closed(line);
        line = null;
      }
    }

    void connect() {
      disconnect();
      line = new Line(this);
      refused.clear();
      intake.opened(line);
      List.copyOf(open.keySet()).forEach(this::submit);
    }

    void resendWhatWasRefused() {
      Set<Long> again = Set.copyOf(refused);
      refused.clear();
      open.keySet().stream().filter(again::contains).toList().forEach(this::submit);
    }

    private void submit(long first) {
      if (line == null) {
        return;
      }
      StringBuilder entries = new StringBuilder();
      for (long number = first; number < first + open.get(first); number++) {
        entries.append(id).append('.').append(number).append(';');
      }
      byte[] bytes = entries.toString().getBytes(UTF_8);
      intake.onSubmit(line, new FromFrontend.Submit(id, first, open.get(first), bytes, 0));
    }

    void receive(ToFrontend message) {
      if (message instanceof ToFrontend.Submitted submitted) {
        assertThat(submitted.firstNumber()).as("in order").isEqualTo(open.firstKey());
        Integer count = open.remove(submitted.firstNumber());
        assertThat(count).as("an answer to an open Submit").isNotNull();
        assertThat(submitted.outcomes()).hasSize(count);
        assertThat(effects.get((int) submitted.lastIndex() - 1))
            .isEqualTo(id + "." + (submitted.firstNumber() + count - 1));
      } else if (message instanceof ToFrontend.Resend resend) {
        refused.add(resend.firstNumber());
      } else {
        throw new AssertionError("Not expected: " + message);
      }
    }

    boolean isDone() {
      return open.isEmpty();
    }
  }

  private static final class Line implements FrontendLine {
    private final Client client;

    Line(Client client) {
      this.client = client;
    }

    @Override
    public void send(ToFrontend message) {
      if (client.line == this) {
        client.receive(message);
      }
    }

    @Override
    public void close(String why) {
      throw new AssertionError("Closed: " + why);
    }
  }
}

package parley.timelineservice.primary;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.timelineservice.timeline.Outcome;

/**
 * A serving primary's queue of what goes into the log, and its memory of who waits for which
 * result. Only what follows without a gap on what its client has sent before is taken (R12); what
 * is taken is joined into batches, in turn from each line, so that a flood on one line does not
 * starve the others. Each Submit goes into one batch whole, and gets one answer: its results when
 * the batch is applied, or a refusal.
 *
 * <p>A Submit that comes again while its first copy is under way is not queued twice; the answer
 * goes to the line on which it came last. One whose numbers are applied already is queued again,
 * because applying it finds the stored results; then so are those behind it, because a line's
 * answers come in the order of its client's numbers.
 *
 * <p>Pure and single-threaded: the replica's loop calls, in the order of the log. Made anew by each
 * primary; nothing in it outlives leadership, since frontends send again what was not answered.
 */
public final class Intake {

  /** What the applied timeline knows of clients. */
  public interface ClientNumbers {

    /** The number that would take effect next: the client's last one + 1. */
    long next(long client);

    /** Whether the client is registered and not superseded (R11). */
    boolean knows(long client);
  }

  /** Makes a batch of one Register entry. */
  public interface RegisterEncoder {

    /** Encoded Entries with one Register, by which {@code incarnation} replaces another. */
    byte[] encodeRegister(int host, long incarnation, long replaces);
  }

  /** A part of a batch: one client's consecutive numbers; for a Register {@code firstNumber} 0. */
  public record Part(FrontendLine line, long client, long firstNumber, int count) {}

  /**
   * The value of a slot. The bytes are not to be changed.
   *
   * @param count entries in the batch
   * @param bytes encoded Entries
   */
  public record Joined(int count, byte[] bytes, List<Part> parts) {}

  private final ClientNumbers numbers;
  private final RegisterEncoder registers;
  private final int batchBytesMax;
  private final long lineBytesMax;
  // Lines with something queued, each once; the first one's turn is next.
  private final ArrayDeque<Queue> turns = new ArrayDeque<>();
  private final Map<FrontendLine, Queue> queues = new LinkedHashMap<>();
  // Clients with something queued or in the log.
  private final Map<Long, Client> clients = new LinkedHashMap<>();
  // Registers in the log or queued, in order, by the incarnation that registers.
  private final Map<Long, ArrayDeque<Item>> registering = new LinkedHashMap<>();

  /**
   * An empty intake.
   *
   * @param batchBytesMax longest batch, and longest Submit
   * @param lineBytesMax a line that has more waiting is closed
   */
  public Intake(
      ClientNumbers numbers, RegisterEncoder registers, int batchBytesMax, long lineBytesMax) {
    this.numbers = numbers;
    this.registers = registers;
    this.batchBytesMax = batchBytesMax;
    this.lineBytesMax = lineBytesMax;
  }

  /** A line is there. */
  public void opened(FrontendLine line) {
    queues.put(line, new Queue(line));
  }

  /** The line is gone. What was taken from it stays taken, but its results go nowhere. */
  public void closed(FrontendLine line) {
    queues.remove(line);
  }

  /** Queues what may be next for its client; refuses the rest at once. */
  public void onSubmit(FrontendLine line, FromFrontend.Submit submit) {
    Queue queue = queues.get(line);
    if (queue == null) {
      return;
    }
    if (submit.client() == 0 || submit.firstNumber() < 1 || submit.count() < 1) {
      drop(
          queue,
          "The line was closed: a Submit of %d commands from number %d of client %d makes no sense"
              .formatted(submit.count(), submit.firstNumber(), submit.client()));
    } else if (submit.entries().length > batchBytesMax) {
      drop(
          queue,
          "The line was closed: a Submit has %d bytes, at most %d (batch.bytes.max) are taken"
              .formatted(submit.entries().length, batchBytesMax));
    } else if (!numbers.knows(submit.client())) {
      line.send(new ToFrontend.UnknownClient(submit.firstNumber()));
    } else {
      take(queue, submit);
    }
  }

  private void take(Queue queue, FromFrontend.Submit submit) {
    Client client = clients.get(submit.client());
    long next = client == null ? numbers.next(submit.client()) : next(submit.client(), client);
    if (submit.firstNumber() > next) {
      queue.line.send(new ToFrontend.Resend(submit.firstNumber(), next));
      return;
    }
    if (client == null) {
      client = new Client(queue);
      clients.put(submit.client(), client);
    }
    client.moveTo(queue, turns);
    Item copy = client.underWay(submit.firstNumber(), submit.count());
    if (copy != null) {
      copy.line = queue.line;
      return;
    }
    Item item =
        new Item(
            queue.line, submit.client(), submit.firstNumber(), submit.count(), submit.entries());
    client.add(item);
    enqueue(queue, item);
  }

  private long next(long id, Client client) {
    return Math.max(numbers.next(id), client.end);
  }

  /** Puts a Register into the log if the Hello asks for it; answered when it is applied. */
  public void onHello(FrontendLine line, FromFrontend.Hello hello) {
    Queue queue = queues.get(line);
    if (queue == null || !hello.register()) {
      return;
    }
    if (hello.incarnation() == 0) {
      drop(queue, "The line was closed: a frontend cannot register the incarnation 0");
      return;
    }
    byte[] entry = registers.encodeRegister(hello.host(), hello.incarnation(), hello.replaces());
    Item item = new Item(line, hello.incarnation(), 0, 1, entry);
    registering.computeIfAbsent(item.client, client -> new ArrayDeque<>()).add(item);
    enqueue(queue, item);
  }

  private void enqueue(Queue queue, Item item) {
    queue.add(item, turns);
    if (queue.bytes > lineBytesMax) {
      drop(
          queue,
          "The line was closed: more than %d bytes of commands wait".formatted(lineBytesMax));
    }
  }

  private void drop(Queue queue, String why) {
    queues.remove(queue.line);
    queue.line.close(why);
  }

  /** What goes into the next slot; empty if nothing waits. */
  public Optional<Joined> nextBatch() {
    List<Item> items = new ArrayList<>();
    int bytes = 0;
    int count = 0;
    while (!turns.isEmpty()) {
      Queue queue = turns.peek();
      Item item = queue.items.peek();
      if (!items.isEmpty() && bytes + item.entries.length > batchBytesMax) {
        break;
      }
      turns.remove();
      queue.remove(turns);
      items.add(item);
      bytes += item.entries.length;
      count += item.count;
    }
    return items.isEmpty() ? Optional.empty() : Optional.of(join(items, count, bytes));
  }

  private static Joined join(List<Item> items, int count, int bytes) {
    byte[] joined = items.size() == 1 ? items.get(0).entries : new byte[bytes];
    List<Part> parts = new ArrayList<>(items.size());
    int at = 0;
    for (Item item : items) {
      if (items.size() > 1) {
        System.arraycopy(item.entries, 0, joined, at, item.entries.length);
        at += item.entries.length;
      }
      parts.add(new Part(item.line, item.client, item.first, item.count));
      item.entries = null;
    }
    return new Joined(count, joined, List.copyOf(parts));
  }

  /**
   * A numbered entry was applied, or was a double of one that was, with this result.
   *
   * @param index its place in the timeline; 0 if it has none
   */
  public void onApplied(long client, long number, Outcome outcome, long index) {
    Item item = awaiting(client, number);
    if (item != null) {
      item.outcomes.add(outcome);
      item.lastIndex = Math.max(item.lastIndex, index);
      maybeAnswer(item);
    }
  }

  /** An entry was void: a number of its client before it is missing (R12). */
  public void onVoid(long client, long number) {
    Item item = awaiting(client, number);
    if (item != null) {
      item.isVoid = true;
      item.voids++;
      maybeAnswer(item);
    }
  }

  /** An entry was refused: its client is not registered, or superseded (R11). */
  public void onUnknownClient(long client, long number) {
    Item item = awaiting(client, number);
    if (item != null) {
      item.isUnknown = true;
      item.voids++;
      maybeAnswer(item);
    }
  }

  /**
   * A Register of this incarnation was applied.
   *
   * @param current the host's current incarnation after it
   */
  public void onRegistered(long incarnation, long current) {
    ArrayDeque<Item> waiting = registering.get(incarnation);
    if (waiting == null || !waiting.peek().isInLog()) {
      return;
    }
    Item item = waiting.remove();
    if (waiting.isEmpty()) {
      registering.remove(incarnation);
    }
    answer(item.line, new ToFrontend.Registered(current));
  }

  /** The client's oldest item in the log, if this number is what it waits for. */
  private Item awaiting(long id, long number) {
    Client client = clients.get(id);
    Item item = client == null ? null : client.items.peek();
    boolean fits =
        item != null && item.isInLog() && number == item.first + item.outcomes.size() + item.voids;
    return fits ? item : null;
  }

  private void maybeAnswer(Item item) {
    if (item.outcomes.size() + item.voids < item.count) {
      return;
    }
    Client client = clients.get(item.client);
    client.removeAnswered();
    if (client.items.isEmpty()) {
      clients.remove(item.client);
    }
    if (item.isUnknown) {
      answer(item.line, new ToFrontend.UnknownClient(item.first));
    } else if (item.isVoid) {
      answer(item.line, new ToFrontend.Resend(item.first, numbers.next(item.client)));
    } else {
      answer(
          item.line,
          new ToFrontend.Submitted(item.first, List.copyOf(item.outcomes), item.lastIndex));
    }
  }

  private void answer(FrontendLine line, ToFrontend message) {
    if (queues.containsKey(line)) {
      line.send(message);
    }
  }

  /** Bytes of commands that wait for a batch, of all lines. */
  public long waitingBytes() {
    return turns.stream().mapToLong(queue -> queue.bytes).sum();
  }

  /** Commands that wait for a batch, of all lines. */
  public int waiting() {
    return turns.stream().mapToInt(queue -> queue.count).sum();
  }

  /** Forgets everything but the lines: leadership is over, nobody is answered. */
  public void clear() {
    turns.clear();
    clients.clear();
    registering.clear();
    queues.values().forEach(Queue::clear);
  }

  /** A Submit or a Register. */
  private static final class Item {
    final long client;
    final long first;
    final int count;
    final List<Outcome> outcomes = new ArrayList<>();
    // Where the answer goes.
    FrontendLine line;
    // Null from the moment when they are in a batch.
    byte[] entries;
    int voids;
    boolean isVoid;
    boolean isUnknown;
    long lastIndex;

    Item(FrontendLine line, long client, long first, int count, byte[] entries) {
      this.line = line;
      this.client = client;
      this.first = first;
      this.count = count;
      this.entries = entries;
    }

    long end() {
      return first + count;
    }

    boolean isInLog() {
      return entries == null;
    }
  }

  /** A client's items, in the order in which they were taken, which is that of the log. */
  private static final class Client {
    final ArrayDeque<Item> items = new ArrayDeque<>();
    // Holds those of the items that are not in the log yet: one queue, so that they keep order.
    Queue queue;
    // Above all numbers of the items.
    long end;

    Client(Queue queue) {
      this.queue = queue;
    }

    void add(Item item) {
      items.add(item);
      end = Math.max(end, item.end());
    }

    void removeAnswered() {
      Item answered = items.remove();
      if (answered.isVoid) {
        end = items.stream().mapToLong(Item::end).max().orElse(0);
      }
    }

    /** The copy whose answer will come in its turn: behind it, nothing of lower numbers waits. */
    Item underWay(long first, int count) {
      if (first >= end) {
        return null;
      }
      for (Iterator<Item> newest = items.descendingIterator(); newest.hasNext(); ) {
        Item item = newest.next();
        if (item.first == first && item.count == count) {
          return item;
        }
        if (item.first < first) {
          return null;
        }
      }
      return null;
    }

    /** The client speaks on another line now: what it has queued waits there from now on. */
    void moveTo(Queue newest, ArrayDeque<Queue> turns) {
      if (newest == queue) {
        return;
      }
      for (Item item : items) {
        if (!item.isInLog()) {
          queue.take(item, turns);
          newest.add(item, turns);
        }
      }
      queue = newest;
    }
  }

  /** What one line has waiting. Invariant: in {@code turns} exactly while not empty. */
  private static final class Queue {
    final FrontendLine line;
    final ArrayDeque<Item> items = new ArrayDeque<>();
    long bytes;
    int count;

    Queue(FrontendLine line) {
      this.line = line;
    }

    void add(Item item, ArrayDeque<Queue> turns) {
      if (items.isEmpty()) {
        turns.add(this);
      }
      items.add(item);
      bytes += item.entries.length;
      count += item.count;
    }

    /** The first one goes into a batch; the line's next turn comes after all others'. */
    void remove(ArrayDeque<Queue> turns) {
      Item item = items.remove();
      bytes -= item.entries.length;
      count -= item.count;
      if (!items.isEmpty()) {
        turns.add(this);
      }
    }

    void take(Item item, ArrayDeque<Queue> turns) {
      items.remove(item);
      bytes -= item.entries.length;
      count -= item.count;
      if (items.isEmpty()) {
        turns.remove(this);
      }
    }

    void clear() {
      items.clear();
      bytes = 0;
      count = 0;
    }
  }
}

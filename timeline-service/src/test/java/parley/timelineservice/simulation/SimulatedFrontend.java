package parley.timelineservice.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.primary.FromFrontend;
import parley.timelineservice.primary.ToFrontend;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;

/**
 * A frontend's process: registers through the log, submits numbered commands until they are
 * answered, reads through any replica once its primary has confirmed, and follows the timeline from
 * one replica after another.
 */
final class SimulatedFrontend {

  static final List<String> NAMES = List.of("ann", "bob", "cy", "dee");
  private static final int CHUNKS_MAX = 4;
  private static final int CHUNK_COMMANDS = 3;
  private static final int READS_MAX = 3;
  private static final int DELIVERED_AT_ONCE = 5;

  /** Commands that are sent together, and together again if they were not answered. */
  private static final class Chunk {
    final long firstNumber;
    final List<Command> commands;
    boolean outstanding;

    Chunk(long firstNumber, List<Command> commands) {
      this.firstNumber = firstNumber;
      this.commands = commands;
    }

    long lastNumber() {
      return firstNumber + commands.size() - 1;
    }
  }

  private record Read(long floor, long confirmedIndex) {}

  private final int host;
  private final long incarnation;
  private final RandomGenerator random;
  private final List<SimulatedWriter> writers;
  private final History history;

  private SimulatedLine line;
  private boolean registered;
  private boolean everRegistered;
  private boolean superseded;
  private long replaces;

  private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();
  private long answered;
  private long lastNumber;
  private boolean draining;

  /** Asked on the present line: by id, what had been seen when they were asked. */
  private final Map<Long, Long> asked = new LinkedHashMap<>();

  private final List<Read> confirmed = new ArrayList<>();
  private long readIds;
  private long readsDone;

  private long deliveredIndex;

  /**
   * @param writers clients that may come to any frontend at any time
   */
  SimulatedFrontend(
      int host,
      long incarnation,
      long deliveredIndex,
      RandomGenerator random,
      List<SimulatedWriter> writers,
      History history) {
    this.host = host;
    this.incarnation = incarnation;
    this.deliveredIndex = deliveredIndex;
    this.random = random;
    this.writers = writers;
    this.history = history;
  }

  int host() {
    return host;
  }

  SimulatedLine line() {
    return line;
  }

  /** Everything that it took from its users is answered. */
  boolean idle() {
    return chunks.isEmpty() && asked.isEmpty() && confirmed.isEmpty();
  }

  /** Another process speaks for its host: it can only end. */
  boolean superseded() {
    return superseded;
  }

  long readsDone() {
    return readsDone;
  }

  boolean connected() {
    return line != null && line.isOpen();
  }

  void connect(SimulatedNode node) {
    line = node.open();
    registered = false;
    draining = false;
    asked.clear();
    chunks.forEach(chunk -> chunk.outstanding = false);
    sayHello();
  }

  void disconnect() {
    if (line != null) {
      line.hangUp();
      line = null;
      registered = false;
    }
  }

  private void sayHello() {
    line.say(new FromFrontend.Hello(host, incarnation, List.of(), true, true, replaces));
  }

  /** One thing that it may do now. */
  void act(List<SimulatedNode> nodes) {
    if (random.nextInt(3) > 0 && (random.nextBoolean() ? speak() : listen())) {
      return;
    }
    switch (random.nextInt(4)) {
      case 0 -> take();
      case 1 -> askRead();
      case 2 -> read(nodes.get(random.nextInt(nodes.size())));
      default -> follow(nodes.get(random.nextInt(nodes.size())));
    }
  }

  /** Takes a message of the primary from the line. */
  boolean listen() {
    ToFrontend message = line == null ? null : line.poll();
    if (message != null) {
      onMessage(message);
    }
    return message != null;
  }

  /** Lets one of its own messages through. */
  boolean speak() {
    if (line == null || !line.hasWords()) {
      return false;
    }
    line.hear();
    return true;
  }

  private void onMessage(ToFrontend message) {
    if (message instanceof ToFrontend.Registered answer) {
      onRegistered(answer.current());
    } else if (message instanceof ToFrontend.Submitted done) {
      history.onAnswered(incarnation, done.firstNumber(), done.outcomes(), done.lastIndex());
      tellWriters(done);
      answered = Math.max(answered, done.firstNumber() + done.outcomes().size() - 1);
      while (!chunks.isEmpty() && chunks.peek().lastNumber() <= answered) {
        chunks.poll();
      }
      submit();
    } else if (message instanceof ToFrontend.Resend resend) {
      for (Chunk chunk : chunks) {
        if (chunk.firstNumber == resend.firstNumber()) {
          chunk.outstanding = false;
        }
      }
      draining = true;
      submit();
    } else if (message instanceof ToFrontend.UnknownClient) {
      registered = false;
      chunks.forEach(chunk -> chunk.outstanding = false);
      if (line.isOpen()) {
        sayHello();
      }
    } else if (message instanceof ToFrontend.ReadConfirmed answer) {
      confirmed.add(new Read(asked.remove(answer.id()), answer.index()));
    }
  }

  private void tellWriters(ToFrontend.Submitted done) {
    Chunk chunk = chunks.peek();
    if (chunk == null || chunk.firstNumber != done.firstNumber()) {
      return; // Told before.
    }
    for (int i = 0; i < done.outcomes().size(); i++) {
      if (chunk.commands.get(i) instanceof Command.Post post) {
        for (SimulatedWriter writer : writers) {
          if (writer.wrote(post)) {
            writer.onOutcome(this, post, done.outcomes().get(i));
          }
        }
      }
    }
  }

  private void onRegistered(long current) {
    if (current == incarnation) {
      registered = true;
      everRegistered = true;
      submit();
    } else if (everRegistered || replaces == current) {
      superseded = true;
    } else {
      replaces = current;
      if (line.isOpen()) {
        sayHello();
      }
    }
  }

  /** Users want something. */
  void take() {
    if (chunks.size() < CHUNKS_MAX) {
      List<Command> commands = new ArrayList<>();
      for (int i = 1 + random.nextInt(CHUNK_COMMANDS); i > 0; i--) {
        Command command = someCommand();
        history.onInvoked(incarnation, command);
        commands.add(command);
      }
      chunks.add(new Chunk(lastNumber + 1, commands));
      lastNumber += commands.size();
      submit();
    }
  }

  private Command someCommand() {
    String one = NAMES.get(random.nextInt(NAMES.size()));
    String other = NAMES.get(random.nextInt(NAMES.size()));
    return switch (random.nextInt(11)) {
      case 0 -> new Command.CreateUser(one);
      case 1, 2 -> new Command.Follow(one, other);
      case 3 -> new Command.Unfollow(one, other);
      case 4, 5, 6 -> writers.get(random.nextInt(writers.size())).next(this);
      default -> new Command.Post(one, "" + random.nextInt(1_000), 0, 0, false);
    };
  }

  /** After a refusal nothing is sent until the fate of all that is outstanding is known. */
  private void submit() {
    if (draining && chunks.stream().noneMatch(chunk -> chunk.outstanding)) {
      draining = false;
    }
    if (!registered || draining || !connected()) {
      return;
    }
    for (Chunk chunk : chunks) {
      if (!chunk.outstanding) {
        chunk.outstanding = true;
        line.say(encoded(chunk));
      }
    }
  }

  private FromFrontend.Submit encoded(Chunk chunk) {
    List<Entry> entries = new ArrayList<>(chunk.commands.size());
    for (Command command : chunk.commands) {
      entries.add(new Entry(incarnation, chunk.firstNumber + entries.size(), command));
    }
    return new FromFrontend.Submit(
        incarnation, chunk.firstNumber, entries.size(), EntryCodec.encode(entries), answered);
  }

  void askRead() {
    if (connected() && asked.size() + confirmed.size() < READS_MAX) {
      asked.put(++readIds, history.seenIndex());
      line.say(new FromFrontend.ConfirmRead(readIds));
    }
  }

  /** Any replica that has applied what was confirmed may answer (R14). */
  void read(SimulatedNode node) {
    if (!node.running()) {
      return;
    }
    for (Iterator<Read> waiting = confirmed.iterator(); waiting.hasNext(); ) {
      Read read = waiting.next();
      if (read.confirmedIndex() <= node.timeline().appliedIndex()) {
        history.onRead(node, read.floor());
        readsDone++;
        waiting.remove();
      }
    }
  }

  /** Delivers what comes next, from any replica that has it. */
  void follow(SimulatedNode node) {
    if (node.running()) {
      long last = Math.min(node.timeline().appliedIndex(), deliveredIndex + DELIVERED_AT_ONCE);
      while (deliveredIndex < last) {
        Entry next = node.effective().get(Math.toIntExact(deliveredIndex));
        history.onDelivered(node, ++deliveredIndex, next);
      }
    }
  }
}

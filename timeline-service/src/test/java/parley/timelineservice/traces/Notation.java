package parley.timelineservice.traces;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.paxos.Envelope;
import parley.timelineservice.paxos.Epoch;
import parley.timelineservice.paxos.Message;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;

/**
 * How traces write things down, and read them: hosts are letters, {@code A'} is A on its second
 * disk; {@code 3C} is epoch number 3 of C; {@code 5=x} is batch x in slot 5; {@code c1:1-3} are the
 * first three commands of client c1.
 */
public final class Notation {

  private static final int DISKS_PER_HOST = 100;

  /** The client of batches that are only a name: nobody registers it, so they have no effect. */
  private static final long NOBODY = 1;

  private final Map<String, Long> clients = new TreeMap<>();

  public static String host(int host) {
    return String.valueOf((char) ('A' + host - 1));
  }

  static int host(String name) {
    if (name.length() != 1 || name.charAt(0) < 'A' || name.charAt(0) > 'Z') {
      throw new IllegalArgumentException("not a host: " + name);
    }
    return name.charAt(0) - 'A' + 1;
  }

  /** The incarnation of a host's nth disk, from 0. */
  public static long incarnation(int host, int disk) {
    return (long) host * DISKS_PER_HOST + disk;
  }

  private static String host(int host, long incarnation) {
    return host(host) + "'".repeat((int) (incarnation % DISKS_PER_HOST));
  }

  public static String epoch(Epoch epoch) {
    return epoch.equals(Epoch.NONE)
        ? "none"
        : epoch.number() + host(epoch.host(), epoch.incarnation());
  }

  // ------------------------------------------------------------------ batches

  long client(String name) {
    return clients.computeIfAbsent(name, unknown -> 1_000L + clients.size());
  }

  private String client(long id) {
    return clients.entrySet().stream()
        .filter(entry -> entry.getValue() == id)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("none");
  }

  /** A batch that is only a name. */
  public Batch named(String name) {
    return batch(List.of(new Entry(NOBODY, 1, new Command.Post("", name, 0, 0, false))));
  }

  /** The first command of a client makes a user of its name, the others post to it. */
  Batch commands(String client, long from, long to) {
    List<Entry> entries = new ArrayList<>();
    for (long number = from; number <= to; number++) {
      Command command =
          number == 1
              ? new Command.CreateUser(client)
              : new Command.Post(client, client + ":" + number, 0, 0, false);
      entries.add(new Entry(client(client), number, command));
    }
    return batch(entries);
  }

  Batch register(String client, int host, String replaces) {
    long replaced = replaces.equals("none") ? 0 : client(replaces);
    return batch(List.of(new Entry(client(client), 0, new Command.Register(host, replaced))));
  }

  private static Batch batch(List<Entry> entries) {
    return new Batch(entries.size(), EntryCodec.encode(entries));
  }

  String entry(Entry entry) {
    if (entry.client() == NOBODY) {
      return ((Command.Post) entry.command()).text();
    }
    if (entry.command() instanceof Command.Register register) {
      return client(entry.client()) + "(replaces:" + client(register.replaces()) + ")";
    }
    return client(entry.client()) + ":" + entry.number();
  }

  public String batch(Batch batch) {
    List<Entry> entries = EntryCodec.decode(batch.bytes());
    if (entries.isEmpty()) {
      return "empty";
    }
    String first = entry(entries.get(0));
    long last = entries.get(entries.size() - 1).number();
    return entries.size() == 1 ? first : first + "-" + last;
  }

  String row(AcceptedBatch row) {
    return row.slot() + "=" + batch(row.batch());
  }

  private String rows(List<AcceptedBatch> rows) {
    return rows.isEmpty()
        ? "nothing"
        : rows.stream()
            .map(row -> row(row) + "(" + epoch(row.epoch()) + ")")
            .collect(Collectors.joining(" "));
  }

  // ------------------------------------------------------------------ messages and writes

  public String envelope(Envelope envelope, int to) {
    String sender = host(envelope.from(), envelope.incarnation());
    return sender + "->" + host(to) + " " + message(envelope.message());
  }

  private String message(Message message) {
    if (message instanceof Message.Hello m) {
      return "Hello %s promised %s committed %d%s%s"
          .formatted(
              m.standing().name().toLowerCase(Locale.ROOT),
              epoch(m.promised()),
              m.committedSlot(),
              m.heardIncarnation() == 0 ? "" : " answers " + incarnation(m.heardIncarnation()),
              founders(m.founders()));
    } else if (message instanceof Message.Prepare m) {
      return "Prepare " + epoch(m.epoch());
    } else if (message instanceof Message.Promise m) {
      return "Promise %s committed %d accepted %s"
          .formatted(epoch(m.epoch()), m.committedSlot(), rows(m.accepted()));
    } else if (message instanceof Message.Refusal m) {
      return "Refusal %s promised %s".formatted(epoch(m.refused()), epoch(m.promised()));
    } else if (message instanceof Message.Accept m) {
      return "Accept %s %d=%s committed %d"
          .formatted(epoch(m.epoch()), m.slot(), batch(m.batch()), m.committedSlot());
    } else if (message instanceof Message.Ack m) {
      return "Ack %s durable %d%s%s"
          .formatted(
              epoch(m.epoch()),
              m.durableSlot(),
              m.round() == 0 ? "" : " round " + m.round(),
              m.wantedSlot() == 0 ? "" : " wants " + m.wantedSlot());
    } else if (message instanceof Message.Heartbeat m) {
      return "Heartbeat %s last %d committed %d%s%s"
          .formatted(
              epoch(m.epoch()),
              m.lastSlot(),
              m.committedSlot(),
              m.round() == 0 ? "" : " round " + m.round(),
              m.open() ? " open" : "");
    } else if (message instanceof Message.Fetch m) {
      return "Fetch from " + m.fromSlot();
    } else {
      Message.Chunk m = (Message.Chunk) message;
      return "Chunk %s committed %d".formatted(rows(m.slots()), m.committedSlot());
    }
  }

  private static String incarnation(long incarnation) {
    return host((int) (incarnation / DISKS_PER_HOST), incarnation);
  }

  private static String founders(Map<Integer, Long> founders) {
    return founders.isEmpty()
        ? ""
        : " founders "
            + founders.values().stream()
                .map(Notation::incarnation)
                .collect(Collectors.joining(","));
  }

  String write(Write write) {
    if (write instanceof Write.Promised w) {
      return "promise " + epoch(w.epoch());
    } else if (write instanceof Write.Accepted w) {
      return "%d=%s(%s)".formatted(w.slot(), batch(w.batch()), epoch(w.epoch()));
    } else if (write instanceof Write.Committed w) {
      return "committed " + w.committedSlot();
    } else if (write instanceof Write.Copied w) {
      return "copied %d=%s(%s)".formatted(w.slot(), batch(w.batch()), epoch(w.epoch()));
    } else if (write instanceof Write.Formed w) {
      return "formed" + founders(w.founders());
    } else {
      return "voter, promise " + epoch(((Write.BecameVoter) write).promised());
    }
  }
}

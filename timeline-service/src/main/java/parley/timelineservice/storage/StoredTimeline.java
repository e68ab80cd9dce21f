package parley.timelineservice.storage;

import java.io.ByteArrayOutputStream;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import parley.timelineservice.codec.EntryCodec;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.Batch;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Change;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Newest;
import parley.timelineservice.timeline.TimelineReads;

/**
 * The applied timeline for readers: the newest slots from memory, everything else from the file.
 *
 * <p>Readers may call from any thread but an interrupted one. The replica's loop alone calls {@link
 * #applied}, which never touches the disk and waits for a reader at most microseconds. A reader
 * sees nothing of a slot before {@code applied} has taken in all of it.
 */
public final class StoredTimeline implements TimelineReads {

  private static final long RECENT_BYTES = 16L << 20;

  private final ReadConnections connections;
  private final AuthorSegments authors;
  private final RecentSlots recent;
  private final Map<String, Integer> ids = new ConcurrentHashMap<>();

  private volatile long appliedSlot;
  private volatile long appliedIndex;
  private volatile Totals totals;

  /**
   * @param stored the progress of the derived tables at opening
   * @param names of all stored users, by id
   * @param storedIndex the applied index up to which effects are durable now
   */
  StoredTimeline(
      ReadConnections connections,
      AuthorSegments authors,
      Progress stored,
      List<String> names,
      LongSupplier storedIndex) {
    this.connections = connections;
    this.authors = authors;
    this.recent = new RecentSlots(RECENT_BYTES, storedIndex);
    this.appliedSlot = stored.appliedSlot();
    this.appliedIndex = stored.appliedIndex();
    this.totals = new Totals(names.size(), stored.posts());
    for (String name : names) {
      ids.put(name, ids.size());
    }
  }

  /**
   * Takes in the next applied slot. Its batch is durable already; its effects are handed to {@link
   * Journal#write} by the caller, now or later.
   */
  public void applied(AppliedSlot slot, Batch batch) {
    if (slot.slot() != appliedSlot + 1) {
      throw new IllegalStateException("slot " + slot.slot() + " applied after " + appliedSlot);
    }
    long users = totals.users();
    for (Change change : slot.changes()) {
      if (change instanceof Change.UserCreated user) {
        ids.put(user.name(), user.id());
        users++;
      }
    }
    if (slot.count() > 0) {
      authors.add(slot.firstIndex(), slot.authors());
      recent.add(
          EffectiveSlot.of(
              slot.slot(), slot.firstIndex(), slot.count(), batch.bytes(), slot.ineffective()));
    }
    totals = new Totals(users, totals.posts() + Progress.posts(slot));
    appliedSlot = slot.slot();
    appliedIndex = slot.lastIndex();
  }

  @Override
  public long appliedIndex() {
    return appliedIndex;
  }

  @Override
  public Run run(long fromIndex, int maxBytes) {
    requireApplied(fromIndex);
    List<EffectiveSlot> slots = recent.from(fromIndex, maxBytes);
    if (slots.isEmpty()) {
      slots = connections.read(c -> SlotsTable.read(c, fromIndex, maxBytes));
    }
    EffectiveSlot first = slots.get(0);
    int skipped = Math.toIntExact(fromIndex - first.firstIndex());
    byte[] rest = EntryCodec.withoutFirst(first.entries(), skipped);
    if (slots.size() == 1) {
      return new Run(fromIndex, first.count() - skipped, rest);
    }
    ByteArrayOutputStream entries = new ByteArrayOutputStream(maxBytes);
    entries.writeBytes(rest);
    for (EffectiveSlot slot : slots.subList(1, slots.size())) {
      entries.writeBytes(slot.entries());
    }
    long lastIndex = slots.get(slots.size() - 1).lastIndex();
    return new Run(fromIndex, (int) (lastIndex - fromIndex + 1), entries.toByteArray());
  }

  @Override
  public List<IndexedPost> newest(List<AuthorSince> wanted, long upToIndex, int limit) {
    if (upToIndex == 0 || limit == 0) {
      return List.of();
    }
    requireApplied(upToIndex);
    List<AuthorSegments.Wanted> known = new ArrayList<>(wanted.size());
    for (AuthorSince author : wanted) {
      Integer id = ids.get(author.author());
      if (id != null && author.sinceIndex() < upToIndex) {
        known.add(new AuthorSegments.Wanted(id, author.sinceIndex()));
      }
    }
    Newest newest = new Newest(limit);
    authors.offer(known, upToIndex, newest, connections);
    List<IndexedPost> posts = new ArrayList<>(limit);
    EffectiveSlot slot = null;
    for (long index : newest.ascending()) {
      if (slot == null || index > slot.lastIndex()) {
        slot = slotOf(index);
      }
      posts.add(new IndexedPost(index, (Command.Post) slot.entryAt(index).command()));
    }
    return posts;
  }

  private EffectiveSlot slotOf(long index) {
    List<EffectiveSlot> found = recent.from(index, 0);
    return found.isEmpty()
        ? connections.read(c -> SlotsTable.read(c, index, 0)).get(0)
        : found.get(0);
  }

  private void requireApplied(long index) {
    if (index < 1 || index > appliedIndex) {
      throw new IllegalArgumentException(
          "index " + index + " is not applied; the applied index is " + appliedIndex);
    }
  }

  @Override
  public Graph graph() {
    return connections.readAsOfOneMoment(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            long index;
            try (ResultSet row = statement.executeQuery("SELECT applied_index FROM replica")) {
              row.next();
              index = row.getLong(1);
            }
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT name FROM users ORDER BY id")) {
              while (rows.next()) {
                names.add(rows.getString(1));
              }
            }
            List<Edge> follows = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT * FROM follows ORDER BY since")) {
              while (rows.next()) {
                follows.add(new Edge(rows.getInt(1), rows.getInt(2), rows.getLong(3)));
              }
            }
            return new Graph(index, names, follows);
          }
        });
  }

  @Override
  public List<Slot> slots(long fromSlot, int maxBytes) {
    long upToSlot = appliedSlot;
    List<AcceptedBatch> rows =
        connections.read(c -> LogTable.read(c, fromSlot, upToSlot, maxBytes));
    return rows.stream()
        .map(
            row ->
                new Slot(
                    row.slot(), row.epoch().toString(), row.batch().count(), row.batch().bytes()))
        .toList();
  }

  @Override
  public Totals totals() {
    return totals;
  }
}

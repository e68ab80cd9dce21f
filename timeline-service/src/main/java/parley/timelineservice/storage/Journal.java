package parley.timelineservice.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import parley.timelineservice.paxos.AcceptedBatch;
import parley.timelineservice.paxos.DurableState;
import parley.timelineservice.paxos.Write;
import parley.timelineservice.timeline.AppliedSlot;
import parley.timelineservice.timeline.Change;
import parley.timelineservice.timeline.Command;
import parley.timelineservice.timeline.Entry;
import parley.timelineservice.timeline.Timeline;

/**
 * A replica's durable memory: the log, the acceptor's promises, and the tables derived from applied
 * slots, in one database file.
 *
 * <p>One thread at a time calls {@link #write} and {@link #close}, and is never interrupted. What
 * {@code write} was given is durable when it returns, all of it; if it throws, none of it may be
 * relied on, nothing more can be written, and the process must halt: only a restart knows what the
 * disk holds. {@link #committed} and {@link #reads} serve any thread beside it.
 *
 * <p>Invariant: {@code appliedSlot <= committedSlot}, both only grow; effects of a slot are stored
 * in one transaction with {@code appliedSlot} (R9).
 */
public final class Journal implements AutoCloseable {

  /**
   * Larger ones make fewer and fuller blocks, but take memory, and time at a start: up to two
   * segments of posts are read again.
   */
  static final int POSTS_PER_SEGMENT = 128 * 1024;

  private static final long REBUILD_BYTES = 4L << 20;

  private final DatabaseFile file;
  private final Connection connection;
  private final ReplicaTable replicaTable;
  private final LogTable logTable;
  private final DerivedTables derivedTables;
  private final PreparedStatement sync;
  private final SegmentSealer sealer;
  private final Housekeeping housekeeping;
  private final Watermark watermark;
  private final ReadConnections readConnections;
  private final StoredTimeline reads;
  private final Timeline timeline;
  private final DurableState durableState;

  /** What the file holds; replaced after each transaction. */
  private volatile ReplicaRow stored;

  private boolean broken;

  private Journal(DatabaseFile file, Connection connection, int postsPerSegment)
      throws SQLException, IOException {
    this.file = file;
    this.connection = connection;
    connection.setAutoCommit(false);
    sync = connection.prepareStatement("CHECKPOINT SYNC");
    housekeeping = new Housekeeping(connection);
    replicaTable = new ReplicaTable(connection);
    logTable = new LogTable(connection);
    derivedTables = new DerivedTables(connection);
    stored = replicaTable.read();
    watermark = file.watermark(stored.incarnation());
    requireAllAcknowledged();
    Progress progress = stored.progress();
    AuthorIndexTable.deleteFrom(connection, progress.segments());

    List<Change> state = DerivedTables.read(connection);
    timeline =
        new Timeline(progress.appliedSlot(), progress.appliedIndex(), progress.posts(), state);
    List<String> names = timeline.users();
    AuthorSegments authors = new AuthorSegments(postsPerSegment, progress.indexedIndex());
    sealer = new SegmentSealer(authors, new AuthorIndexTable(connection));
    readConnections = new ReadConnections(file::connect);
    reads =
        new StoredTimeline(
            readConnections, authors, progress, names, () -> stored.progress().appliedIndex());
    rebuild(authors, progress);
    durableState = durableState(progress);
    commit();
  }

  /**
   * Opens the file in this folder, creating what is missing, and reads back what is durable.
   *
   * @param incarnations draws a new data folder's incarnation at random; not 0
   * @throws StorageFailure with one line for people: damaged, locked, disk full, ...
   */
  public static Journal open(Path folder, LongSupplier incarnations) {
    return open(new DatabaseFile(folder), incarnations, POSTS_PER_SEGMENT);
  }

  static Journal open(DatabaseFile file, LongSupplier incarnations, int postsPerSegment) {
    Connection connection = file.openOrCreate(empty -> Schema.create(empty, incarnations));
    try {
      return new Journal(file, connection, postsPerSegment);
    } catch (SQLException | IOException | RuntimeException e) {
      try {
        connection.close();
      } catch (SQLException alsoFailed) {
        e.addSuppressed(alsoFailed);
      }
      throw file.failure(e);
    }
  }

  private void requireAllAcknowledged() throws IOException {
    long acknowledged = watermark.read();
    if (stored.writes() < acknowledged) {
      throw new StorageFailure(
          "its newest writes are lost, it holds %d of %d that were acknowledged: %s"
              .formatted(stored.writes(), acknowledged, DatabaseFile.REMEDY));
    }
  }

  private DurableState durableState(Progress progress) throws SQLException {
    Standing standing = stored.standing();
    List<AcceptedBatch> tail =
        LogTable.read(connection, progress.appliedSlot() + 1, Long.MAX_VALUE, Long.MAX_VALUE);
    long committedHere =
        tail.stream().filter(row -> row.slot() <= standing.committedSlot()).count();
    if (committedHere != standing.committedSlot() - progress.appliedSlot()) {
      throw new StorageFailure(
          "of the committed slots %d to %d it holds only %d: %s"
              .formatted(
                  progress.appliedSlot() + 1,
                  standing.committedSlot(),
                  committedHere,
                  DatabaseFile.REMEDY));
    }
    Map<Integer, Long> founders = replicaTable.readFounders();
    return new DurableState(
        stored.incarnation(),
        standing.voter(),
        founders,
        standing.promised(),
        standing.committedSlot(),
        progress.appliedSlot(),
        tail);
  }

  /** Reads again what the index by author holds in memory only. */
  private void rebuild(AuthorSegments authors, Progress progress) throws SQLException {
    AuthorIndexTable.forEachAuthor(connection, progress.segments(), authors::postedIn);
    long index = progress.indexedIndex();
    while (index < progress.appliedIndex()) {
      for (EffectiveSlot slot : SlotsTable.read(connection, index + 1, REBUILD_BYTES)) {
        authors.add(slot.firstIndex(), authorsOf(slot));
        index = slot.lastIndex();
      }
    }
  }

  private List<Integer> authorsOf(EffectiveSlot slot) {
    List<Integer> authors = new ArrayList<>(slot.count());
    for (Entry entry : slot.decoded()) {
      authors.add(
          entry.command() instanceof Command.Post post ? timeline.userId(post.author()) : -1);
    }
    return authors;
  }

  /** What was found at opening. */
  public DurableState durableState() {
    return durableState;
  }

  /** The timeline as of {@link DurableState#appliedSlot}: the caller's own from now on. */
  public Timeline timeline() {
    return timeline;
  }

  /** The applied timeline for readers; told of further slots by the caller. */
  public StoredTimeline reads() {
    return reads;
  }

  /**
   * Makes the writes durable, in their order and as one, with the effects of slots applied since
   * the last call.
   *
   * @param applied in order; {@link StoredTimeline#applied} has taken them in before
   * @throws StorageFailure if anything may not be durable: the caller halts the process
   */
  public void write(List<Write> writes, List<AppliedSlot> applied) {
    if (writes.isEmpty() && applied.isEmpty()) {
      return;
    }
    if (broken) {
      throw new StorageFailure(file.path() + " could not be written before; restart the process");
    }
    broken = true;
    try {
      ReadConnections.refuseInterrupted();
      ReplicaRow row =
          new ReplicaRow(
              stored.incarnation(), putWrites(writes), putEffects(applied), stored.writes() + 1);
      replicaTable.write(row);
      commit();
      watermark.raise(row.writes());
      stored = row;
      sealer.durable(row.progress());
      housekeeping.afterWrite();
    } catch (SQLException | IOException | RuntimeException e) {
      throw file.writeFailure(e);
    }
    broken = false;
  }

  private Standing putWrites(List<Write> writes) throws SQLException {
    Standing standing = stored.standing();
    for (Write write : writes) {
      standing = standing.after(write);
      if (write instanceof Write.Accepted accepted) {
        logTable.add(accepted);
      } else if (write instanceof Write.Copied copied) {
        logTable.add(copied);
      } else if (write instanceof Write.Formed formed) {
        replicaTable.writeFounders(formed.founders());
      } else if (write instanceof Write.BecameVoter voter) {
        replicaTable.writeFounders(voter.founders());
      }
    }
    logTable.flush();
    return standing;
  }

  private Progress putEffects(List<AppliedSlot> applied) throws SQLException {
    Progress progress = stored.progress();
    for (AppliedSlot slot : applied) {
      progress = progress.after(slot);
    }
    derivedTables.write(applied);
    return sealer.writeSome(progress);
  }

  private void commit() throws SQLException {
    connection.commit();
    sync.execute();
  }

  /**
   * Stored committed slots from this one on, in order and without a gap, until {@code maxBytes} are
   * reached; the first one always counts (R16). Any thread may call.
   */
  public List<AcceptedBatch> committed(long fromSlot, int maxBytes) {
    long upToSlot = stored.standing().committedSlot();
    List<AcceptedBatch> slots =
        readConnections.read(c -> LogTable.read(c, fromSlot, upToSlot, maxBytes));
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).slot() != fromSlot + i) {
        throw new StorageFailure(
            "the committed slot %d is missing in %s: %s"
                .formatted(fromSlot + i, file.path(), DatabaseFile.REMEDY));
      }
    }
    return slots;
  }

  /**
   * Ends after running queries; what was not written is lost, as it would be by a crash. After a
   * write that failed, H2 has closed itself as far as it could: {@code write} has told why, and no
   * error is thrown here.
   */
  @Override
  public void close() {
    boolean failed = broken;
    broken = true;
    try {
      readConnections.close();
      DatabaseFile.shutDown(connection);
      watermark.close();
    } catch (SQLException | IOException e) {
      if (!failed) {
        throw file.failure(e);
      }
    }
  }
}

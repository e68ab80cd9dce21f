package parley.coordinator.zookeeper;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.curator.utils.ZookeeperFactory;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Curator's ZooKeeper handles so that each new session is written to the session file before
 * Curator, and with it anybody who registers something, hears of it.
 */
final class SessionRecorder implements ZookeeperFactory {
  private static final Logger log = LoggerFactory.getLogger(SessionRecorder.class);

  private final Optional<SessionFile> file;
  private final Consumer<Watcher.Event.KeeperState> states;

  /**
   * @param states told each state of each handle, on ZooKeeper's event thread; must not block
   */
  SessionRecorder(Optional<SessionFile> file, Consumer<Watcher.Event.KeeperState> states) {
    this.file = file;
    this.states = states;
  }

  @Override
  public ZooKeeper newZooKeeper(
      String connect, int sessionTimeoutMs, Watcher watcher, boolean canBeReadOnly)
      throws IOException {
    Handle handle = new Handle(watcher);
    // The first event may come before the constructor has returned; it waits for the handle.
    synchronized (handle) {
      handle.zooKeeper = new ZooKeeper(connect, sessionTimeoutMs, handle, canBeReadOnly);
      return handle.zooKeeper;
    }
  }

  private final class Handle implements Watcher {
    private final Watcher curator;
    private ZooKeeper zooKeeper;
    private long recorded;

    Handle(Watcher curator) {
      this.curator = curator;
    }

    @Override
    public void process(WatchedEvent event) {
      if (event.getType() == Event.EventType.None) {
        if (event.getState() == Event.KeeperState.SyncConnected) {
          record();
        }
        states.accept(event.getState());
      }
      curator.process(event);
    }

    private synchronized void record() {
      long id = zooKeeper.getSessionId();
      if (id == recorded) {
        return;
      }
      recorded = id;
      Session session = Session.of(id, zooKeeper.getSessionPasswd());
      log.info("ZooKeeper session {}", session);
      if (file.isPresent()) {
        try {
          file.get().write(session);
        } catch (IOException e) {
          log.warn(
              "{} cannot be written ({}): if this process dies, its session lasts until it expires",
              file.get().path(),
              e.toString());
        }
      }
    }
  }
}

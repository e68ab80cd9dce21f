package parley.timelineservice.app;

import parley.coordinator.zookeeper.EpochNode;
import parley.coordinator.zookeeper.LeadershipListener;
import parley.coordinator.zookeeper.PrimaryElection;
import parley.coordinator.zookeeper.ZooKeeperClient;
import parley.timelineservice.runtime.Election;
import parley.timelineservice.runtime.ReplicaLoop;

/** The replica's election by the latch in ZooKeeper, with the epoch znode beside it (R1, R2). */
final class LatchElection implements Election, LeadershipListener {

  private final int host;
  private final String address;
  private final PrimaryElection latch;
  private final EpochNode epochs;
  private volatile ReplicaLoop replica;

  /**
   * An election that tells nobody before {@link #tell}.
   *
   * @param address where this host's timeline service is reached, as {@code address:port}
   */
  LatchElection(ZooKeeperClient zooKeeper, int host, String address) {
    this.host = host;
    this.address = address;
    latch = new PrimaryElection(zooKeeper, host, this);
    epochs = new EpochNode(zooKeeper);
  }

  /** Names who hears of the latch; to be called before anything starts. */
  void tell(ReplicaLoop loop) {
    replica = loop;
  }

  @Override
  public void queue() {
    latch.queue();
  }

  @Override
  public void leave() {
    latch.leave();
  }

  @Override
  public void advertise(long epochNumber) {
    epochs.advertise(epochNumber, host, address);
  }

  /** Not later than the advertised number can be read: that saves a refusal at most (R1). */
  @Override
  public void leadershipGained() {
    replica.onLatch(latch.leading(), 0);
    epochs
        .highestKnown()
        .thenAccept(number -> number.ifPresent(epoch -> replica.onLatch(latch.leading(), epoch)));
  }

  @Override
  public void leadershipLost() {
    replica.onLatch(false, 0);
  }
}

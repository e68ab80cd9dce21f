package parley.acceptance.lab;

import java.io.IOException;

/**
 * The cables between three hosts and their clients. Each method works at once, also for connections
 * that are open, and may be called from any thread.
 */
public interface Wires {

  /** Takes a host's network interface down. */
  void unplug(int host) throws IOException, InterruptedException;

  /** Takes a host's network interface up again. */
  void plug(int host) throws IOException, InterruptedException;

  /** Loses all packets that one host sends to another, and says so to neither. */
  void block(int from, int to) throws IOException, InterruptedException;

  /** Ends one {@link #block}. */
  void unblock(int from, int to) throws IOException, InterruptedException;

  /** Loses all packets between a host and its clients. */
  void blockClients(int host) throws IOException, InterruptedException;

  /** Ends one {@link #blockClients}. */
  void unblockClients(int host) throws IOException, InterruptedException;

  /**
   * Loses packets that a host receives, at random.
   *
   * @param share how many of them, from 0 to 1
   */
  void lose(int host, double share) throws IOException, InterruptedException;

  /** Ends one {@link #lose} of the same share. */
  void loseNoMore(int host, double share) throws IOException, InterruptedException;

  /** Lets a host send and receive so many kilobits per second, and no more. */
  void throttle(int host, int kilobits) throws IOException, InterruptedException;

  /** Ends a {@link #throttle}. */
  void throttleNoMore(int host) throws IOException, InterruptedException;
}

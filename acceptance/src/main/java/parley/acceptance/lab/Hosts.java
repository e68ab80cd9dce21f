package parley.acceptance.lab;

import java.io.IOException;
import java.util.List;
import parley.client.ServerAddress;

/** What an experiment needs of three hosts, numbered from 1. */
public interface Hosts {

  /** How many there are. */
  int COUNT = 3;

  /** Starts whatever does not run and returns when all hosts serve. */
  void start() throws IOException, InterruptedException;

  /** Ends everything in good order. */
  void stop() throws IOException, InterruptedException;

  /** Where a host's frontend listens. */
  ServerAddress frontend(int host);

  /** Kills the primary's timeline service with signal 9; answers its host. */
  int killPrimary() throws IOException, InterruptedException;

  /** Kills a host's frontend with signal 9. */
  void killFrontend(int host) throws IOException, InterruptedException;

  /** Whether all processes run and serve, a primary among them. */
  boolean serving() throws InterruptedException;

  /** Whether every replica has applied the same. */
  boolean level() throws InterruptedException;

  /** Reads all posts from one host's own data, in order. */
  List<StoredPost> storedPosts(int host) throws IOException, InterruptedException;

  /**
   * A post as SQL shows it.
   *
   * @param index its place in the order of everything
   */
  record StoredPost(long index, String author, String text) {}
}

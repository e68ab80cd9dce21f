package parley.client.discovery;

/** Threads that never keep a program from ending. */
final class DaemonThreads {
  private DaemonThreads() {}

  static Thread named(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}

package parley.client.base;

/** Threads that never keep a program from ending. */
public final class DaemonThreads {
  private DaemonThreads() {}

  public static Thread named(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}

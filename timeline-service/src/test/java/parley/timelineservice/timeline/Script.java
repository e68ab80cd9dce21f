package parley.timelineservice.timeline;

import java.util.ArrayList;
import java.util.List;

/** Writes down the entries of a test, numbering each client's commands from 1 as it goes. */
public final class Script {

  private final List<Entry> entries = new ArrayList<>();
  private final long client;
  private long next;

  private Script(long client, long next) {
    this.client = client;
    this.next = next;
  }

  /** Commands of this client under numbers from this one on. */
  public static Script of(long client, long number) {
    return new Script(client, number);
  }

  public static List<Entry> register(long client, int host, long replaces) {
    return List.of(new Entry(client, 0, new Command.Register(host, replaces)));
  }

  public Script create(String... names) {
    for (String name : names) {
      add(new Command.CreateUser(name));
    }
    return this;
  }

  public Script follow(String follower, String followee) {
    return add(new Command.Follow(follower, followee));
  }

  public Script unfollow(String follower, String followee) {
    return add(new Command.Unfollow(follower, followee));
  }

  public Script post(String author, String text) {
    return add(new Command.Post(author, text, 1_700_000_000, 0, true));
  }

  public Script add(Command command) {
    entries.add(new Entry(client, next++, command));
    return this;
  }

  public List<Entry> entries() {
    return List.copyOf(entries);
  }
}

package parley.timelineservice.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Batches as they may come: mostly in turn, with doubles, voids, failures and registrations. */
public final class RandomEntries {

  private static final int HOSTS = 3;
  private static final int USERS = 12;
  private static final int WRITERS = 40;

  private final Random random;

  public RandomEntries(Random random) {
    this.random = random;
  }

  /** The next batch for a timeline in this state. */
  public List<Entry> batch(Timeline timeline) {
    List<Entry> entries = new ArrayList<>();
    long[] next = new long[HOSTS + 1];
    int size = random.nextInt(9);
    for (int i = 0; i < size; i++) {
      int host = 1 + random.nextInt(HOSTS);
      long current = timeline.currentIncarnation(host);
      if (current == 0 || random.nextInt(40) == 0) {
        long replaces = random.nextInt(3) == 0 ? random.nextInt(20) : current;
        long client = 1 + random.nextInt(1000);
        entries.add(new Entry(client, 0, new Command.Register(host, replaces)));
        continue;
      }
      if (next[host] == 0) {
        next[host] = timeline.nextNumber(current);
      }
      long number = next[host];
      switch (random.nextInt(12)) {
        case 0 -> number += 1 + random.nextInt(3);
        case 1 -> number -= random.nextInt(5);
        default -> next[host]++;
      }
      entries.add(new Entry(current, number, command()));
    }
    return entries;
  }

  private Command command() {
    return switch (random.nextInt(9)) {
      case 0 -> new Command.CreateUser(user());
      case 1, 2 -> new Command.Follow(user(), user());
      case 3 -> new Command.Unfollow(user(), user());
      case 4, 5 -> new Command.Post(user(), text(), 1, 2, true, key());
      default -> new Command.Post(user(), text(), 1, 2, true);
    };
  }

  private Command.PostKey key() {
    return new Command.PostKey(1 + random.nextInt(WRITERS), random.nextInt(-1, 5));
  }

  private String text() {
    return "text " + random.nextInt(1000);
  }

  private String user() {
    return "user" + random.nextInt(USERS);
  }
}

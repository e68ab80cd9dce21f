package parley.frontend.delivery;

import java.util.Arrays;

/**
 * Whom one user follows, in the order of following, and since which index (ascending); kept in two
 * arrays because there is one of these per user.
 */
public final class Followees {
  private int[] users = new int[4];
  private long[] since = new long[4];
  private int size;

  Followees() {}

  /** How many users are followed. */
  public int size() {
    return size;
  }

  /** The id of the user that was followed as number {@code position} of those still followed. */
  public int user(int position) {
    return users[position];
  }

  /** The index at which that follow took effect. */
  public long since(int position) {
    return since[position];
  }

  /** The position of the first one that was followed at this index or later; size if none was. */
  public int firstSince(long index) {
    int found = Arrays.binarySearch(since, 0, size, index);
    return found >= 0 ? found : ~found;
  }

  /** Whether that user is followed. */
  public boolean contains(int user) {
    for (int i = 0; i < size; i++) {
      if (users[i] == user) {
        return true;
      }
    }
    return false;
  }

  void add(int user, long sinceIndex) {
    if (size == users.length) {
      users = Arrays.copyOf(users, 2 * size);
      since = Arrays.copyOf(since, 2 * size);
    }
    users[size] = user;
    since[size++] = sinceIndex;
  }

  void remove(int user) {
    for (int i = 0; i < size; i++) {
      if (users[i] == user) {
        size--;
        System.arraycopy(users, i + 1, users, i, size - i);
        System.arraycopy(since, i + 1, since, i, size - i);
        return;
      }
    }
    throw new IllegalStateException("user " + user + " is not followed and cannot be unfollowed");
  }
}

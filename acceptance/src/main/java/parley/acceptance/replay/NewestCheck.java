package parley.acceptance.replay;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import parley.acceptance.history.GlobalOrder;
import parley.acceptance.history.Model;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;

/** Opens every user's Chat anew and compares the newest posts that it brings with the model. */
final class NewestCheck {

  private static final int LOGINS_AT_ONCE = 64;

  private final Model model;
  private final GlobalOrder order;
  private final PostBook book;
  private final int newestMax;
  private final Patience patience;
  private final List<FrontendLink> links;

  NewestCheck(
      Model model,
      GlobalOrder order,
      PostBook book,
      int newestMax,
      Patience patience,
      List<FrontendLink> links) {
    this.model = model;
    this.order = order;
    this.book = book;
    this.newestMax = newestMax;
    this.patience = patience;
    this.links = links;
  }

  /** Answers how many users got something else than they should; the first is told in words. */
  int differences(Progress progress) throws IOException, InterruptedException {
    CallWindow window = new CallWindow(LOGINS_AT_ONCE);
    for (int user = 0; user < model.users(); user++) {
      String name = model.name(user);
      window.enter();
      window.expect("Login of " + name, "Welcome Back " + name, link(user).login(user, name));
    }
    window.drain();
    List<ChatStream> streams = new ArrayList<>();
    for (int user = 0; user < model.users(); user++) {
      streams.add(link(user).chat(user, model.name(user), book, new ReaderLog(newestMax)));
    }
    awaitNewest(streams);
    Crowd.endAll(streams, patience);
    int differences = 0;
    for (int user = 0; user < model.users(); user++) {
      ReaderLog log = streams.get(user).log();
      if (!isRight(user, log) && differences++ == 0) {
        progress.say(
            "%s got as newest posts the lines %s instead of %s %s",
            model.name(user),
            Arrays.toString(log.lines()),
            Arrays.toString(newest(user)),
            log.strange());
      }
    }
    return differences;
  }

  private void awaitNewest(List<ChatStream> streams) {
    patience.await(
        "everybody has got their newest posts",
        () -> {
          for (ChatStream stream : streams) {
            stream.requireUnbroken();
          }
          return remaining(streams) == 0;
        },
        () -> remaining(streams));
  }

  private long remaining(List<ChatStream> streams) {
    long remaining = 0;
    for (int user = 0; user < model.users(); user++) {
      ReaderLog log = streams.get(user).log();
      remaining += Math.max(0, due(user) - log.count() - log.openings());
    }
    return remaining;
  }

  // The caller's post counts while there are not enough others.
  private int due(int user) {
    return Math.min(newestMax, model.expectedCount(user) + 1);
  }

  private boolean isRight(int user, ReaderLog log) {
    int[] newest = newest(user);
    return Arrays.equals(log.lines(), newest)
        && log.oldPosts() == newest.length
        && log.openings() == due(user) - newest.length;
  }

  private int[] newest(int user) {
    int[] all = order.sorted(model.expected(user));
    return Arrays.copyOfRange(all, Math.max(0, all.length - newestMax), all.length);
  }

  private FrontendLink link(int user) {
    return links.get(Crowd.frontendOf(user));
  }
}

package parley.acceptance.replay;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import parley.acceptance.history.GlobalOrder;
import parley.acceptance.history.Model;
import parley.acceptance.history.Reading;
import parley.acceptance.history.ReadingCheck;
import parley.acceptance.history.Verdict;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Patience;
import parley.acceptance.lab.Progress;

/**
 * The main job from the first start to the last comparison: {@link Posting} lets everybody post and
 * read while processes are killed; then everything that was received is judged, all hosts are
 * restarted, and what they stored is judged. For one thread.
 */
final class Replay {

  private static final int NEWEST_MAX = 20;

  private final Hosts hosts;
  private final Model model;
  private final PostBook book;
  private final Patience patience;
  private final long copiesAheadMax;
  private final Progress progress;
  private final Verdict verdict = new Verdict();

  Replay(Hosts hosts, Model model, Patience patience, long copiesAheadMax, Progress progress) {
    this.hosts = hosts;
    this.model = model;
    this.book = new PostBook(model);
    this.patience = patience;
    this.copiesAheadMax = copiesAheadMax;
    this.progress = progress;
  }

  /**
   * Runs it all.
   *
   * @throws Exception if it could not be run to the end; what is wrong with the posts is in the
   *     outcome
   */
  Outcome run() throws Exception {
    progress.say("starting three hosts");
    hosts.start();
    patience.await("all hosts serve", hosts::serving);
    Posting.Result received = post();
    GlobalOrder order = judge(received);
    progress.say("restarting all hosts");
    hosts.stop();
    hosts.start();
    patience.await("all hosts serve again", () -> hosts.serving() && hosts.level());
    return new Outcome(
        verdict, received.rates(), received.stall(), checkStorage(order), checkNewest(order));
  }

  private Posting.Result post() throws Exception {
    List<FrontendLink> links = links();
    try {
      Crowd crowd = new Crowd(model, book, patience, links);
      progress.say("logging in %,d users and two more", model.users());
      crowd.logIn();
      progress.say("following: %,d times by the trace", model.follows());
      crowd.follow();
      progress.say("opening everybody's stream");
      crowd.openStreams();
      progress.say("posting %,d posts for %,d deliveries", model.posts(), model.deliveries());
      return new Posting(hosts, model, book, crowd, patience, copiesAheadMax, progress).run();
    } finally {
      links.forEach(FrontendLink::close);
    }
  }

  private List<FrontendLink> links() {
    return IntStream.rangeClosed(1, Hosts.COUNT)
        .mapToObj(hosts::frontend)
        .map(FrontendLink::new)
        .toList();
  }

  private GlobalOrder judge(Posting.Result received) {
    progress.say("comparing what %,d streams received with the model", received.readings().size());
    GlobalOrder order = GlobalOrder.of(model, Crowd.WITNESS, received.witness(), verdict);
    ReadingCheck check = new ReadingCheck(model, order, NEWEST_MAX, verdict);
    for (Reading reading : received.readings()) {
      check.check(reading);
    }
    received.strange().forEach(what -> progress.say("strange: %s", what));
    progress.say("%s", verdict);
    return order;
  }

  private int checkStorage(GlobalOrder order) throws IOException, InterruptedException {
    StorageCheck check = new StorageCheck(model, order);
    int differences = 0;
    for (int host = 1; host <= Hosts.COUNT; host++) {
      progress.say("comparing by SQL what host %d has stored", host);
      differences += check.differences("host " + host, hosts.storedPosts(host), progress);
    }
    return differences;
  }

  private int checkNewest(GlobalOrder order) throws IOException, InterruptedException {
    progress.say("comparing by Chat everybody's newest posts");
    List<FrontendLink> links = links();
    try {
      return new NewestCheck(model, order, book, NEWEST_MAX, patience, links).differences(progress);
    } finally {
      links.forEach(FrontendLink::close);
    }
  }
}

package parley.client.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import parley.client.v1.HomeTimeline;
import parley.client.v1.Outbox;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.ParleyException;
import parley.client.v1.Post;
import parley.client.v1.Subscription;

/**
 * One user's session: commands until CHAT, then every line is a post, until the lines end. Knows
 * neither terminals nor files.
 */
final class Shell {

  private static final int POSTS_AT_FIRST = 20;

  private final ParleyClient client;
  private final String user;
  private final Lines lines;
  private final PostLine postLine;
  private final Duration patience;
  private final boolean stopAtMistakes;

  /**
   * @param patience how long it waits at the end for posts that nobody acknowledges
   * @param stopAtMistakes a wrong command ends the session
   */
  Shell(
      ParleyClient client,
      String user,
      Lines lines,
      PostLine postLine,
      Duration patience,
      boolean stopAtMistakes) {
    this.client = client;
    this.user = user;
    this.lines = lines;
    this.postLine = postLine;
    this.patience = patience;
    this.stopAtMistakes = stopAtMistakes;
  }

  /** Runs to the end of the lines. */
  void run() throws IOException, InterruptedException, ParleyException, UserError {
    boolean isNew = ParleyClient.await(client.createUser(user));
    lines.show((isNew ? "Welcome, " : "Welcome back, ") + Printable.of(user) + "!");
    boolean goesOn = true;
    while (goesOn) {
      String line = lines.next(Lines.Mode.COMMAND);
      goesOn = line != null && maybeExecute(Input.parse(line));
    }
  }

  /** Answers whether the session goes on. */
  private boolean maybeExecute(Input input) throws IOException, InterruptedException, UserError {
    try {
      return execute(input);
    } catch (ParleyException e) {
      report(e);
      return true;
    }
  }

  private boolean execute(Input input)
      throws IOException, InterruptedException, ParleyException, UserError {
    if (input instanceof Input.Join join) {
      boolean changed = ParleyClient.await(client.follow(user, join.user()));
      lines.show(new FollowChange(user, join.user(), changed).asFollowed());
    } else if (input instanceof Input.Leave leave) {
      boolean changed = ParleyClient.await(client.unfollow(user, leave.user()));
      lines.show(new FollowChange(user, leave.user(), changed).asUnfollowed());
    } else if (input instanceof Input.ListUsers) {
      list();
    } else if (input instanceof Input.Mistake mistake) {
      report(mistake.problem(), null);
    } else if (input instanceof Input.OpenChat) {
      chat();
    }
    return !(input instanceof Input.OpenChat || input instanceof Input.Quit);
  }

  private void report(ParleyException why) throws UserError {
    boolean unreachable = why.kind() == ParleyException.Kind.UNREACHABLE;
    if (unreachable && !lines.canRepeat()) {
      throw UserError.unreachable(lines.position() + why.getMessage());
    }
    report(why.getMessage(), why);
  }

  private void report(String problem, ParleyException cause) throws UserError {
    if (stopAtMistakes) {
      throw new UserError(lines.position() + problem, cause);
    }
    lines.show(problem);
  }

  private void list() throws InterruptedException, ParleyException {
    List<String> users = new ArrayList<>();
    Pages.forEach(client::users, name -> users.add(Printable.of(name)));
    List<String> followed = new ArrayList<>();
    Pages.forEach(page -> client.followees(user, page), name -> followed.add(Printable.of(name)));
    lines.show("All users: " + String.join(", ", users));
    lines.show("You follow: " + String.join(", ", followed));
  }

  private void chat() throws IOException, InterruptedException, ParleyException, UserError {
    HomeTimeline newest =
        ParleyClient.await(client.homeTimeline(user, PageRequest.first(POSTS_AT_FIRST)));
    List<Post> oldestFirst = new ArrayList<>(newest.posts());
    Collections.reverse(oldestFirst);
    oldestFirst.forEach(this::show);
    try (Subscription live = client.watch(user, Optional.of(newest.cursor()), this::show);
        Outbox outbox = client.outbox(user);
        Receipts receipts = new Receipts(this::tellNotPosted)) {
      live.ended().exceptionallyAsync(this::tellNotShown);
      post(outbox, receipts);
    }
  }

  private void post(Outbox outbox, Receipts receipts)
      throws IOException, InterruptedException, ParleyException, UserError {
    try {
      for (String line = lines.next(Lines.Mode.POST);
          line != null;
          line = lines.next(Lines.Mode.POST)) {
        receipts.expect(outbox.post(line), index -> {});
      }
      Flush.await(outbox, patience);
      if (!receipts.allCommitted() && !lines.canRepeat()) {
        throw new UserError("not everything was posted");
      }
    } catch (InterruptedException e) {
      if (outbox.pending() > 0) {
        lines.tell(
            "it is not known whether the last %d posts are safe".formatted(outbox.pending()));
      }
      throw e;
    }
  }

  private void show(Post post) {
    lines.show(postLine.format(post));
  }

  private void tellNotPosted(long number, ParleyException why) {
    lines.tell("post %d was not posted: %s".formatted(number, why.getMessage()));
  }

  private Void tellNotShown(Throwable why) {
    lines.tell("no more posts are shown: " + why.getMessage());
    return null;
  }
}

package parley.acceptance.load;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import parley.client.v1.Page;
import parley.client.v1.PageRequest;
import parley.client.v1.ParleyClient;
import parley.client.v1.Post;

/**
 * What a user of the library asks while posting: the newest page of the own posts and of the home
 * timeline in turn, one call at a time. An answer must show everything that this user knew of when
 * asking, through whichever frontend it came, newest first. Any thread may call.
 */
final class Questions {

  private static final PageRequest NEWEST = PageRequest.first(10);

  private final Question ownPosts;
  private final Question homeTimeline;
  private final Consumer<String> complaint;
  private final Runnable answered;
  private final LongSupplier now;
  private final Pulse answers = new Pulse();
  private final AtomicBoolean underWay = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * @param known the highest index that the answer must reach
   */
  private record Question(
      String what, Function<PageRequest, CompletableFuture<List<Post>>> call, AtomicLong known) {}

  /**
   * @param complaint is told of whatever is wrong with an answer
   * @param answered is run after each answer
   */
  Questions(
      ParleyClient client,
      String user,
      LongSupplier now,
      Consumer<String> complaint,
      Runnable answered) {
    this.ownPosts =
        new Question(
            "own posts", page -> client.posts(user, page).thenApply(Page::items), new AtomicLong());
    this.homeTimeline =
        new Question(
            "home timeline",
            page -> client.homeTimeline(user, page).thenApply(timeline -> timeline.posts()),
            new AtomicLong());
    this.complaint = complaint;
    this.answered = answered;
    this.now = now;
  }

  /** An own post is known to be at an index. */
  void posted(long index) {
    ownPosts.known.accumulateAndGet(index, Math::max);
  }

  /** A post of the home timeline is known to be at an index. */
  void received(long index) {
    homeTimeline.known.accumulateAndGet(index, Math::max);
  }

  /** Asks the next question, if the last one has been answered. */
  void ask() {
    if (underWay.compareAndSet(false, true)) {
      Question question = asked.getAndIncrement() % 2 == 0 ? ownPosts : homeTimeline;
      long known = question.known.get();
      question
          .call
          .apply(NEWEST)
          .whenComplete((posts, why) -> onAnswer(question.what, known, posts, why));
    }
  }

  /** Whether every question has been answered. */
  boolean areAnswered() {
    return !underWay.get();
  }

  /** When answers came. */
  Pulse answers() {
    return answers;
  }

  private void onAnswer(String what, long known, List<Post> posts, Throwable why) {
    if (why != null) {
      complaint.accept("the %s could not be read: %s".formatted(what, why));
    } else if (!showsAll(posts, known)) {
      complaint.accept(
          "the %s do not begin with what was known, index %d, or are out of order: %s"
              .formatted(what, known, posts));
    }
    long moment = now.getAsLong();
    answers.beat(moment, moment);
    underWay.set(false);
    answered.run();
  }

  private static boolean showsAll(List<Post> posts, long known) {
    long above = Long.MAX_VALUE;
    for (Post post : posts) {
      if (post.index() >= above) {
        return false;
      }
      above = post.index();
    }
    return known == 0 || !posts.isEmpty() && posts.get(0).index() >= known;
  }
}

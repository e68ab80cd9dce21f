package parley.acceptance.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parley.client.v1.HomeTimeline;
import parley.client.v1.Page;
import parley.client.v1.ParleyClient;
import parley.client.v1.Post;

class QuestionsTest {

  private final List<String> complaints = new ArrayList<>();
  private final Deque<CompletableFuture<List<Post>>> ownPosts = new ArrayDeque<>();
  private final Deque<CompletableFuture<List<Post>>> homeTimelines = new ArrayDeque<>();
  private final AtomicInteger wakes = new AtomicInteger();
  private final Questions questions =
      new Questions(library(), "ann", () -> 1, complaints::add, wakes::incrementAndGet);

  @Test
  void pagesThatShowWhatWasKnownAreRight() {
    questions.ask();
    ownPosts.remove().complete(page());
    questions.received(9);
    questions.posted(7);
    questions.ask();
    homeTimelines.remove().complete(page(10, 9, 3));
    questions.ask();
    ownPosts.remove().complete(page(7, 5));
    assertThat(complaints).isEmpty();
    assertThat(questions.answers().count()).isEqualTo(3);
  }

  @Test
  void oneQuestionIsAskedAtATime() {
    questions.ask();
    questions.ask();
    assertThat(ownPosts).hasSize(1);
    assertThat(homeTimelines).isEmpty();
    assertThat(questions.areAnswered()).isFalse();
    assertThat(wakes).hasValue(0);
    ownPosts.remove().complete(page());
    assertThat(questions.areAnswered()).isTrue();
    assertThat(wakes).hasValue(1);
  }

  @Test
  void ownPostThatAPageHidesIsSeen() {
    questions.posted(7);
    questions.ask();
    ownPosts.remove().complete(page(6, 5));
    assertThat(complaints).singleElement().asString().contains("own posts", "index 7");
  }

  @Test
  void receivedPostThatAnEmptyPageHidesIsSeen() {
    questions.received(7);
    askForHomeTimeline();
    homeTimelines.remove().complete(page());
    assertThat(complaints).singleElement().asString().contains("home timeline", "index 7");
  }

  @Test
  void whatBecomesKnownWhileAskingNeedNotBeShown() {
    questions.ask();
    questions.posted(7);
    ownPosts.remove().complete(page());
    assertThat(complaints).isEmpty();
  }

  @Test
  void disorderAndDoublesAreSeen() {
    questions.ask();
    ownPosts.remove().complete(page(5, 6));
    assertThat(complaints).hasSize(1);
    questions.ask();
    homeTimelines.remove().complete(page(6, 6));
    assertThat(complaints).hasSize(2);
  }

  @Test
  void callThatTheLibraryFailsIsSeen() {
    questions.ask();
    ownPosts.remove().completeExceptionally(new IllegalStateException("no luck"));
    assertThat(complaints).singleElement().asString().contains("own posts", "no luck");
  }

  private void askForHomeTimeline() {
    questions.ask();
    ownPosts.remove().complete(page());
    questions.ask();
  }

  private static List<Post> page(long... indexes) {
    return LongStream.of(indexes)
        .mapToObj(index -> new Post("somebody", "", Optional.empty(), index))
        .toList();
  }

  private ParleyClient library() {
    return (ParleyClient)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ParleyClient.class},
            (proxy, method, arguments) -> {
              CompletableFuture<List<Post>> answer = new CompletableFuture<>();
              switch (method.getName()) {
                case "posts" -> {
                  ownPosts.add(answer);
                  return answer.thenApply(posts -> new Page<>(posts, Optional.empty()));
                }
                case "homeTimeline" -> {
                  homeTimelines.add(answer);
                  return answer.thenApply(posts -> new HomeTimeline(posts, Optional.empty(), ""));
                }
                default -> throw new UnsupportedOperationException(method.getName());
              }
            });
  }
}

package parley.frontend.store;

import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.frontend.delivery.Followees;
import parley.frontend.delivery.Graph;
import parley.frontend.loop.FrontendLoop;
import parley.proto.store.AuthorSince;
import parley.proto.store.HistoryReply;
import parley.proto.store.HistoryRequest;
import parley.proto.store.IndexedPost;
import parley.proto.store.StoreGrpc;

/**
 * Asks replicas for the newest posts of some authors as of an index; goes on asking until one
 * answers. A bounded number of questions is under way at once. Owned by the loop.
 */
public final class HistoryReader {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryReader.class);
  private static final int DEADLINE_MS = 2_000;
  private static final int RETRY_MS = 50;
  private static final int UNDER_WAY_MAX = 32;

  private final FrontendLoop loop;
  private final Replicas replicas;
  private final AppliedFeed feed;
  private final ArrayDeque<Question> waiting = new ArrayDeque<>();
  private int underWay;

  /** The replica that the feed follows is asked first: it has what this frontend has. */
  public HistoryReader(FrontendLoop loop, Replicas replicas, AppliedFeed feed) {
    this.loop = loop;
    this.replicas = replicas;
    this.feed = feed;
  }

  /** Who wants to see them. */
  public interface Viewer {
    /**
     * The posts, oldest first.
     *
     * @param complete whether these are as many as were asked for, as far as there are so many:
     *     not, if they would have been too much for one answer
     */
    void onHistory(List<PlacedPost> posts, boolean complete);

    /** Whether somebody still waits for them. */
    boolean isWanted();
  }

  /**
   * Reads the newest posts, as of an index, by those whom a user follows, each made since the
   * follow.
   *
   * @param limit at most 1,024
   * @param graph as of {@code upToIndex} or later; read during this call only
   */
  public void readFollowees(long upToIndex, int limit, Graph graph, int user, Viewer viewer) {
    Followees followees = graph.followees(user);
    HistoryRequest.Builder request =
        HistoryRequest.newBuilder().setUpToIndex(upToIndex).setLimit(limit);
    for (int i = 0; i < followees.size(); i++) {
      request.addAuthors(
          AuthorSince.newBuilder()
              .setAuthor(graph.name(followees.user(i)))
              .setSinceIndex(followees.since(i)));
    }
    read(request.build(), viewer);
  }

  /**
   * Reads the newest posts of one author, as of an index.
   *
   * @param limit at most 1,024
   */
  public void readAuthor(long upToIndex, int limit, String author, Viewer viewer) {
    read(
        HistoryRequest.newBuilder()
            .setUpToIndex(upToIndex)
            .setLimit(limit)
            .addAuthors(AuthorSince.newBuilder().setAuthor(author))
            .build(),
        viewer);
  }

  /** Drops questions that nobody waits for any more; to be called now and then. */
  public void dropUnwanted() {
    waiting.removeIf(question -> !question.viewer.isWanted());
  }

  private void read(HistoryRequest request, Viewer viewer) {
    if (request.getUpToIndex() == 0 || request.getLimit() == 0 || request.getAuthorsCount() == 0) {
      viewer.onHistory(List.of(), true);
      return;
    }
    waiting.add(new Question(request, viewer));
    askNext();
  }

  private void askNext() {
    while (underWay < UNDER_WAY_MAX && !waiting.isEmpty()) {
      Question question = waiting.poll();
      if (question.viewer.isWanted()) {
        underWay++;
        question.ask();
      }
    }
  }

  private final class Question {
    private final HistoryRequest request;
    private final Viewer viewer;
    private int attempt;

    Question(HistoryRequest request, Viewer viewer) {
      this.request = request;
      this.viewer = viewer;
    }

    void ask() {
      int host = hostForAttempt();
      StoreGrpc.newStub(replicas.channel(host))
          .withDeadlineAfter(DEADLINE_MS, TimeUnit.MILLISECONDS)
          .history(
              request,
              new LoopCall<HistoryRequest, HistoryReply>(loop, LoopCall.AUTOMATIC) {
                private HistoryReply reply;

                @Override
                void onMessage(HistoryReply message) {
                  reply = message;
                }

                @Override
                void onEnd(Status status) {
                  if (status.isOk() && reply != null) {
                    answer(reply);
                  } else {
                    LOG.debug("host {} did not tell the history: {}", host, status);
                    attempt++;
                    loop.after(
                        RETRY_MS + ThreadLocalRandom.current().nextInt(RETRY_MS),
                        Question.this::askAgain);
                  }
                }
              });
    }

    private int hostForAttempt() {
      List<Integer> hosts = new ArrayList<>();
      hosts.add(feed.host());
      for (int host : replicas.hosts()) {
        if (host != feed.host() && replicas.isAlive(host)) {
          hosts.add(host);
        }
      }
      return hosts.get(attempt % hosts.size());
    }

    private void askAgain() {
      if (viewer.isWanted()) {
        ask();
      } else {
        end();
      }
    }

    private void answer(HistoryReply reply) {
      end();
      List<PlacedPost> posts = new ArrayList<>(reply.getPostsCount());
      for (IndexedPost post : reply.getPostsList()) {
        posts.add(new PlacedPost(post.getIndex(), EventDecoder.command(post.getPost())));
      }
      viewer.onHistory(posts, !reply.getCut());
    }

    private void end() {
      underWay--;
      askNext();
    }
  }
}

package parley.acceptance.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import parley.acceptance.lab.Hosts;
import parley.acceptance.lab.Patience;
import parley.client.Chat;
import parley.client.Messenger;
import parley.client.Received;
import parley.client.Received.LivePost;

/**
 * People who must not notice anything: at each of some frontends one who writes, and one who reads
 * all of them. For one thread.
 */
final class Conversation implements AutoCloseable {

  private static int conversations;

  private final Patience patience;
  private final List<Person> people = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  /** Opens everybody's stream, at the frontends of these hosts. */
  Conversation(Hosts hosts, Patience patience, int... frontends) throws Exception {
    this.patience = patience;
    int number = ++conversations;
    for (int host : frontends) {
      people.add(new Person(Messenger.connect(List.of(hosts.frontend(host))), host, number));
    }
    for (Person person : people) {
      person.logIn();
    }
    for (Person reader : people) {
      reader.follow(people);
    }
    for (Person person : people) {
      person.listen();
    }
    say(1);
    awaitHeard();
  }

  /** Has each writer post so many posts. */
  void say(int posts) throws Exception {
    for (int i : IntStream.range(0, posts).toArray()) {
      for (Person person : people) {
        String text = "post " + said.size() + (i % 2 == 0 ? "" : " äöü");
        person.writing.post(text);
        person.said.add(text);
        said.add(text);
      }
    }
  }

  /** Waits until each reader has heard every post. */
  void awaitHeard() {
    patience.await("all posts are heard", this::allIsHeard, this::heard);
  }

  /** Whether each reader has heard every post. */
  boolean allIsHeard() {
    return heard() >= (long) said.size() * people.size();
  }

  private long heard() {
    return people.stream().mapToLong(person -> person.heard.size()).sum();
  }

  /**
   * Ends it in good order: no stream has broken, and every reader has heard every post once, each
   * writer's in order, all readers in the same order.
   */
  void endAndCheck() throws Exception {
    for (Person person : people) {
      person.writing.leave();
    }
    awaitHeard();
    for (Person person : people) {
      person.reading.leave();
    }
    List<String> order = List.copyOf(people.get(0).heard);
    assertThat(order).containsExactlyInAnyOrderElementsOf(said);
    for (Person person : people) {
      assertThat(person.heard).as(person.reader).containsExactlyElementsOf(order);
      assertThat(order).as(person.writer).containsSubsequence(person.said);
    }
  }

  @Override
  public void close() {
    people.forEach(person -> person.messenger.close());
  }

  private static final class Person {

    private final Messenger messenger;
    private final String writer;
    private final String reader;
    private final List<String> said = new ArrayList<>();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private Chat writing;
    private Chat reading;

    Person(Messenger messenger, int host, int conversation) {
      this.messenger = messenger;
      this.writer = "writer" + conversation + "-" + host;
      this.reader = "reader" + conversation + "-" + host;
    }

    void logIn() throws Exception {
      assertThat(messenger.login(writer)).isEqualTo("Login Successful!");
      assertThat(messenger.login(reader)).isEqualTo("Login Successful!");
    }

    void follow(List<Person> others) throws Exception {
      for (Person other : others) {
        assertThat(messenger.join(reader, other.writer)).isEqualTo("Join Successful");
      }
    }

    void listen() {
      reading = messenger.chat(reader, this::hear);
      writing = messenger.chat(writer, ignored -> {});
    }

    // Whoever opens a stream a little later hears what was said before as history.
    private void hear(Received post) {
      String text =
          post instanceof LivePost live
              ? live.text()
              : ((Received.OldPost) post).line().replaceFirst(".* :: [^:]*:", "");
      heard.add(text);
    }
  }
}

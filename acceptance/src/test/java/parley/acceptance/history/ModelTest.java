package parley.acceptance.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelTest {

  private static final Model MODEL = new Model(Trace.ofCollegeMessages());

  @Test
  void traceIsWhatItsSourceSays() {
    assertThat(MODEL.posts()).isEqualTo(59_835);
    assertThat(MODEL.users()).isEqualTo(1_899);
    assertThat(MODEL.follows()).isEqualTo(20_296);
    assertThat(MODEL.deliveries()).isEqualTo(3_576_505);
    assertThat(MODEL.time(0)).isEqualTo(1_082_040_961L);
  }

  @Test
  void whatFollowersExpectAddsUpToAllDeliveries() {
    long sum = 0;
    for (int user = 0; user < MODEL.users(); user++) {
      assertThat(MODEL.expected(user)).hasSize(MODEL.expectedCount(user));
      sum += MODEL.expectedCount(user);
    }
    assertThat(sum).isEqualTo(MODEL.deliveries());
  }

  @Test
  void followersExpectExactlyThePostsOfThoseTheyFollow() {
    int user = MODEL.author(1000);
    Set<Integer> followees = new HashSet<>();
    Arrays.stream(MODEL.followees(user)).forEach(followees::add);
    for (int line : MODEL.expected(user)) {
      assertThat(followees).contains(MODEL.author(line));
    }
  }

  @Test
  void firstLinesAloneAreASmallerModel() {
    Model model = new Model(Trace.ofCollegeMessages().first(5_000));
    assertThat(model.posts()).isEqualTo(5_000);
    assertThat(model.follows()).isEqualTo(2_020);
    assertThat(model.deliveries()).isEqualTo(123_895);
  }

  @Test
  void textsTellTheirLineAndKeepWithinTheLimit() {
    boolean foreign = false;
    for (int line = 0; line < MODEL.posts(); line++) {
      byte[] utf8 = MODEL.text(line).getBytes(StandardCharsets.UTF_8);
      assertThat(PostText.lineOf(utf8, 0, utf8.length)).isEqualTo(line);
      assertThat(utf8.length).isLessThanOrEqualTo(4_096);
      foreign |= utf8.length != MODEL.text(line).length();
    }
    assertThat(foreign).isTrue();
  }

  @Test
  void textsThatTellNoLineAreRecognised() {
    for (String text : new String[] {"", "#", "#x", "12 a", "#12", "#1234567890 a", "# 1"}) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertThat(PostText.lineOf(utf8, 0, utf8.length)).as(text).isEqualTo(-1);
    }
  }
}

package parley.frontend.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.frontend.call.OpenCalls.OpenCall;

class OpenCallsTest {
  private static final long WAIT_MS = 60_000;

  private final OpenCalls calls = new OpenCalls(WAIT_MS);
  private final List<String> givenUp = new ArrayList<>();

  private OpenCall call(String name, Duration age) {
    long started = System.nanoTime() - age.toNanos();
    return new OpenCall() {
      @Override
      public long startedNanos() {
        return started;
      }

      @Override
      public void giveUp(Status status) {
        givenUp.add(name + " " + status.getCode());
      }
    };
  }

  @Test
  void takesNoMoreThanItsBoundUntilOneIsOver() {
    List<OpenCall> taken = new ArrayList<>();
    for (int i = 0; i < OpenCalls.CALLS_MAX; i++) {
      OpenCall call = call("call " + i, Duration.ZERO);
      assertThat(calls.add(call)).isTrue();
      taken.add(call);
    }
    assertThat(calls.add(call("one more", Duration.ZERO))).isFalse();

    calls.remove(taken.get(7));

    assertThat(calls.add(call("another", Duration.ZERO))).isTrue();
    assertThat(calls.add(call("and one more", Duration.ZERO))).isFalse();
  }

  @Test
  void givesUpWhatHasWaitedTooLongAndNothingElse() {
    calls.add(call("old", Duration.ofMillis(WAIT_MS + 1)));
    calls.add(call("older", Duration.ofMillis(2 * WAIT_MS)));
    OpenCall over = call("over", Duration.ofMillis(WAIT_MS + 1));
    calls.add(over);
    calls.remove(over);
    calls.add(call("young", Duration.ZERO));

    calls.giveUpExpired();
    calls.giveUpExpired();

    assertThat(givenUp).containsExactly("old UNAVAILABLE", "older UNAVAILABLE");
  }
}

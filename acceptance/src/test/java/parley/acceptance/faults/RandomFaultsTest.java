package parley.acceptance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.acceptance.lab.fault.OfProcess;
import parley.acceptance.lab.fault.Unplugged;

class RandomFaultsTest {

  private static final int MANY = 2_000;
  private static final OptionalInt NONE = OptionalInt.empty();

  @Test
  void neverTwoWithin30Seconds() {
    RandomFaults faults = new RandomFaults(new Random(1), true, NONE);
    for (int i = 0; i < MANY; i++) {
      RandomFaults.Planned planned = faults.next();
      assertThat(planned.rest()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
      assertThat(planned.fault() instanceof Unplugged).isEqualTo(!planned.lasts().isZero());
    }
  }

  @Test
  void everyProcessAndEveryInterfaceGetsItsTurn() {
    RandomFaults faults = new RandomFaults(new Random(2), true, NONE);
    Set<String> names = new HashSet<>();
    IntStream.range(0, MANY).forEach(i -> names.add(faults.next().fault().name()));
    assertThat(names).hasSize(9 + 9 + 3);
  }

  @Test
  void sameSeedGivesTheSameFaults() {
    RandomFaults one = new RandomFaults(new Random(3), true, NONE);
    RandomFaults other = new RandomFaults(new Random(3), true, NONE);
    for (int i = 0; i < MANY; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void noProcessOfTheSparedHostIsHitAndAllElseIsTheSame() {
    RandomFaults all = new RandomFaults(new Random(5), true, NONE);
    RandomFaults sparing = new RandomFaults(new Random(5), true, OptionalInt.of(2));
    for (int i = 0; i < MANY; i++) {
      RandomFaults.Planned planned = all.next();
      RandomFaults.Planned other = sparing.next();
      if (planned.fault() instanceof OfProcess one && one.host() == 2) {
        assertThat(other.fault()).isInstanceOf(planned.fault().getClass());
        assertThat(((OfProcess) other.fault()).host()).isNotEqualTo(2);
      } else {
        assertThat(other).isEqualTo(planned);
      }
    }
  }

  @Test
  void withoutWiresNoInterfaceGoesDown() {
    RandomFaults faults = new RandomFaults(new Random(4), false, NONE);
    for (int i = 0; i < MANY; i++) {
      assertThat(faults.next().fault()).isNotInstanceOf(Unplugged.class);
    }
  }
}

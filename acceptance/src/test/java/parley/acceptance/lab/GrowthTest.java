package parley.acceptance.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowthTest {

  private static final int HOST = 2;
  private static final long PID = 100;

  private final Growth growth = new Growth(HOST);

  @Test
  void whatComesAndGoesIsNoGrowth() {
    look(PID, 30, 90);
    look(PID, 40, 120);
    look(PID, 41, 400);
    look(PID, 45, 130);
    assertThat(growth.violations()).isEmpty();
    assertThat(growth.table())
        .hasSize(2 + Role.values().length)
        .anyMatch(line -> line.startsWith("frontend ") && line.endsWith("90 / 120 / 400 / 130"));
  }

  @Test
  void threadsAndDescriptorsThatStayOpenAreGrowth() {
    look(PID, 30, 90);
    look(PID, 40, 120);
    look(PID, 61, 161);
    assertThat(growth.violations())
        .hasSize(2 * Role.values().length)
        .contains(
            "the frontend of host 2 has 61 threads, after 40 when it had settled",
            "the frontend of host 2 has 161 descriptors, after 120 when it had settled");
  }

  @Test
  void whatWasReplacedSaysNothing() {
    look(PID, 30, 90);
    look(PID + 1, 30, 90);
    assertThat(growth.violations())
        .contains("the frontend of host 2 was replaced")
        .hasSize(Role.values().length);
  }

  private void look(long pid, int threads, int descriptors) {
    Map<Role, HostUse.Held> held = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      held.put(role, new HostUse.Held(pid, new ProcessUse(1_024, threads, descriptors), 512));
    }
    growth.add(new HostUse(held, 2_048, 7));
  }
}

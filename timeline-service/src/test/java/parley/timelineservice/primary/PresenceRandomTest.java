package parley.timelineservice.primary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frontends that know the truth about their own sessions, joined to a Presence by lines that delay
 * and break; every decision is checked against the whole history.
 */
class PresenceRandomTest {

  private static final List<String> NAMES = List.of("ann", "bob", "cid");

  private Presence presence;
  private Random random;
  private List<Frontend> frontends;
  private long event;
  private long nowMs;
  // Hosts whose Hello has arrived.
  private final Set<Integer> greeted = new HashSet<>();
  private long claimIds;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyDecisionAgreesWithWhatTheFrontendsKnow(int block) {
    for (int seed = block * 1_000; seed < block * 1_000 + 60; seed++) {
      try {
        run(seed);
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("Seed " + seed, e);
      }
    }
  }

  private void run(long seed) {
    random = new Random(seed);
    presence = new Presence(Set.of(1, 2, 3));
    frontends = List.of(new Frontend(1), new Frontend(2), new Frontend(3));
    event = 0;
    nowMs = 0;
    greeted.clear();
    for (int step = 0; step < 500; step++) {
      Frontend frontend = frontends.get(random.nextInt(frontends.size()));
      switch (random.nextInt(12)) {
        case 0, 1 -> frontend.claim(NAMES.get(random.nextInt(3)), false);
        case 2 -> frontend.claim(NAMES.get(random.nextInt(3)), random.nextInt(4) == 0);
        case 3 -> frontend.endSession(NAMES.get(random.nextInt(3)));
        case 4 -> tick(10);
        case 5 -> {
          if (random.nextInt(10) == 0) {
            frontend.breakLine();
          }
        }
        default -> frontend.deliverOne(random.nextBoolean());
      }
    }
    finish();
  }

  private void tick(long ms) {
    nowMs += ms;
    presence.tick(nowMs);
  }

  private void finish() {
    frontends.forEach(Frontend::connectIfNot);
    for (int round = 0; round < 200; round++) {
      frontends.forEach(f -> f.deliverOne(true));
      frontends.forEach(f -> f.deliverOne(false));
      if (round > 100 && frontends.stream().allMatch(Frontend::isQuiet)) {
        break;
      }
    }
    long held = 0;
    for (Frontend frontend : frontends) {
      assertThat(frontend.isQuiet()).as("lines run dry").isTrue();
      assertThat(frontend.claims).as("each claim is answered").isEmpty();
      assertThat(frontend.releases).as("each release is answered").isEmpty();
      held += frontend.sessions.size();
    }
    assertThat(presence.sessions()).isEqualTo(held);
  }

  private static final class OpenClaim {
    final String name;
    final boolean join;
    long arrived = -1;

    OpenClaim(String name, boolean join) {
      this.name = name;
      this.join = join;
    }
  }

  /** One frontend with at most one session per name, which follows the rules of its side. */
  private final class Frontend {
    final int host;
    final Set<String> sessions = new TreeSet<>();
    // Since which event the primary has known that a session is held here.
    final Map<String, Long> knownSince = new HashMap<>();
    final Map<Long, OpenClaim> claims = new HashMap<>();
    final Set<Long> releases = new HashSet<>();
    final ArrayDeque<FromFrontend> up = new ArrayDeque<>();
    final ArrayDeque<ToFrontend> down = new ArrayDeque<>();
    // Confirmations that a session is held: name and event of the question.
    final Map<Long, IsHeldAt> questions = new HashMap<>();
    final List<IsHeldAt> confirmed = new ArrayList<>();
    FrontendLine line;

    Frontend(int host) {
      this.host = host;
    }

    boolean isQuiet() {
      return up.isEmpty() && down.isEmpty();
    }

    void connectIfNot() {
      if (line == null) {
        line = new Line(this);
        presence.opened(line);
        up.add(new FromFrontend.Hello(host, host, List.copyOf(sessions), true, false, 0));
      }
    }

    void claim(String name, boolean join) {
      connectIfNot();
      if (claims.values().stream().noneMatch(c -> c.name.equals(name))
          && !sessions.contains(name)) {
        long id = ++claimIds;
        claims.put(id, new OpenClaim(name, join));
        up.add(new FromFrontend.Claim(id, name, join));
      }
    }

    void endSession(String name) {
      if (line != null && sessions.remove(name)) {
        knownSince.remove(name);
        long id = ++claimIds;
        releases.add(id);
        up.add(new FromFrontend.Release(id, name));
      }
    }

    void breakLine() {
      if (line != null) {
        FrontendLine broken = line;
        line = null;
        up.clear();
        down.clear();
        claims.clear();
        releases.clear();
        questions.clear();
        knownSince.clear();
        presence.closed(broken);
      }
    }

    void deliverOne(boolean upwards) {
      if (upwards && !up.isEmpty()) {
        deliver(up.remove());
      } else if (!upwards && !down.isEmpty()) {
        receive(down.remove());
      }
    }

    private void deliver(FromFrontend message) {
      event++;
      if (message instanceof FromFrontend.Hello hello) {
        hello.names().stream()
            .filter(sessions::contains)
            .forEach(name -> knownSince.put(name, event));
        greeted.add(host);
        presence.onHello(line, hello);
      } else if (message instanceof FromFrontend.Claim claim) {
        claims.get(claim.id()).arrived = event;
        presence.onClaim(line, claim);
      } else if (message instanceof FromFrontend.Release release) {
        presence.onRelease(line, release);
      } else if (message instanceof FromFrontend.Held held) {
        if (held.held()) {
          confirmed.add(questions.get(held.id()));
        }
        presence.onHeld(line, held);
      }
    }

    private void receive(ToFrontend message) {
      if (message instanceof ToFrontend.Claimed claimed) {
        OpenClaim claim = claims.remove(claimed.id());
        if (claimed.granted()) {
          sessions.add(claim.name);
        }
      } else if (message instanceof ToFrontend.Released released) {
        assertThat(releases.remove(released.id())).isTrue();
      } else if (message instanceof ToFrontend.IsHeld asked) {
        up.add(new FromFrontend.Held(asked.id(), sessions.contains(asked.name())));
      }
    }

    /** The primary has said something on this frontend's line. */
    void onSent(ToFrontend message) {
      event++;
      if (message instanceof ToFrontend.IsHeld asked) {
        questions.put(asked.id(), new IsHeldAt(asked.name(), event));
      } else if (message instanceof ToFrontend.Claimed claimed) {
        OpenClaim claim = claims.get(claimed.id());
        assertThat(claim).as("an answer to an open claim").isNotNull();
        if (!claim.join) {
          check(claim, claimed.granted());
        } else {
          assertThat(claimed.granted()).isTrue();
        }
        if (claimed.granted()) {
          knownSince.put(claim.name, event);
        }
      }
      down.add(message);
    }

    private void check(OpenClaim claim, boolean granted) {
      assertThat(greeted.size() == 3 || nowMs >= Presence.GATHER_MAX_MS)
          .as("judging has begun")
          .isTrue();
      if (granted) {
        for (Frontend other : frontends) {
          Long since = other.line == null ? null : other.knownSince.get(claim.name);
          assertThat(since == null || since > claim.arrived)
              .as("%s was at host %d all the time", claim.name, other.host)
              .isTrue();
        }
      } else {
        assertThat(frontends.stream().flatMap(f -> f.confirmed.stream()))
            .as("a holder confirmed when asked after the claim of %s arrived", claim.name)
            .anyMatch(q -> q.name.equals(claim.name) && q.event > claim.arrived);
      }
    }
  }

  private record IsHeldAt(String name, long event) {}

  private static final class Line implements FrontendLine {
    private final Frontend frontend;

    Line(Frontend frontend) {
      this.frontend = frontend;
    }

    @Override
    public void send(ToFrontend message) {
      if (frontend.line == this) {
        frontend.onSent(message);
      }
    }

    @Override
    public void close(String why) {
      throw new AssertionError("Closed: " + why);
    }
  }
}

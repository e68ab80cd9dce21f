package parley.acceptance.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * How what the processes of one host hold grows over a long time in which none of them is replaced:
 * what only ever grows is a leak. For one thread.
 */
public final class Growth {

  // At the second look everything has been opened that is opened once. What is allowed since then
  // are the connections of those who have moved here from other hosts.
  private static final int SETTLED = 1;
  private static final double SHARE_MORE_MAX = 0.25;
  private static final int MORE_MAX = 10;

  private final int host;
  private final List<HostUse> looks = new ArrayList<>();

  /** Of no moment yet. */
  public Growth(int host) {
    this.host = host;
  }

  /**
   * Looks at its processes now; each stands still for a full collection.
   *
   * @throws IOException one of them does not run
   */
  public void look(LocalCluster hosts) throws IOException {
    add(HostUse.of(hosts, host));
  }

  void add(HostUse look) {
    looks.add(look);
  }

  /** What was replaced, or holds more threads or descriptors than when it had settled. */
  public List<String> violations() {
    List<String> violations = new ArrayList<>();
    for (Role role : Role.values()) {
      if (looks.stream().map(look -> look.held().get(role).pid()).distinct().count() > 1) {
        violations.add("the %s of host %d was replaced".formatted(role.label(), host));
      }
      if (looks.size() > SETTLED) {
        violations.addAll(grown(role, "threads", ProcessUse::threads));
        violations.addAll(grown(role, "descriptors", ProcessUse::descriptors));
      }
    }
    return violations;
  }

  private List<String> grown(Role role, String what, ToIntFunction<ProcessUse> value) {
    int settled = value.applyAsInt(looks.get(SETTLED).held().get(role).use());
    int last = value.applyAsInt(looks.get(looks.size() - 1).held().get(role).use());
    return last <= settled * (1 + SHARE_MORE_MAX) + MORE_MAX
        ? List.of()
        : List.of(
            "the %s of host %d has %d %s, after %d when it had settled"
                .formatted(role.label(), host, last, what, settled));
  }

  /** A table for people. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "host %d, look by look: MiB alive after a full collection; MiB resident; threads; descriptors"
            .formatted(host));
    for (Role role : Role.values()) {
      lines.add(
          "%-17s %s; %s; %s; %s"
              .formatted(
                  role.label(),
                  series(look -> mebibytes(look.held().get(role).liveKib())),
                  series(look -> mebibytes(look.held().get(role).use().residentKib())),
                  series(look -> Integer.toString(look.held().get(role).use().threads())),
                  series(look -> Integer.toString(look.held().get(role).use().descriptors()))));
    }
    lines.add(
        "its folder        %s MiB in %s files"
            .formatted(
                series(look -> mebibytes(look.diskKib())),
                series(look -> Long.toString(look.files()))));
    return lines;
  }

  private static String mebibytes(long kib) {
    return String.format(Locale.ROOT, "%.1f", kib / 1024.0);
  }

  private String series(Function<HostUse, String> value) {
    return looks.stream().map(value).collect(Collectors.joining(" / "));
  }
}

package parley.acceptance.lab;

import java.util.Locale;

/** One running process of a host. */
public record ServiceProcess(Role role, int host, long pid) {
  @Override
  public String toString() {
    return role.name().toLowerCase(Locale.ROOT).replace('_', '-')
        + " of host "
        + host
        + " (pid "
        + pid
        + ")";
  }
}

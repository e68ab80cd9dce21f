package parley.acceptance.lab;

/** One running process of a host. */
public record ServiceProcess(Role role, int host, long pid) {
  @Override
  public String toString() {
    return role.label() + " of host " + host + " (pid " + pid + ")";
  }
}

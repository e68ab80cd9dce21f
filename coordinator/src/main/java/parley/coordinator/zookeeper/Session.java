package parley.coordinator.zookeeper;

import java.util.HexFormat;

/**
 * What it takes to speak for a ZooKeeper session: its id and password. Who has both may end the
 * session.
 *
 * @param passwordHex the password's bytes in hexadecimal
 */
public record Session(long id, String passwordHex) {
  static Session of(long id, byte[] password) {
    return new Session(id, HexFormat.of().formatHex(password));
  }

  byte[] password() {
    return HexFormat.of().parseHex(passwordHex);
  }

  /** The id alone, since texts end up in logs. */
  @Override
  public String toString() {
    return "0x" + Long.toHexString(id);
  }
}

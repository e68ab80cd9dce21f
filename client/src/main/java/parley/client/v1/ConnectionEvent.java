package parley.client.v1;

import java.util.Optional;
import parley.client.ServerAddress;

/** What has happened to a client's connection. */
public sealed interface ConnectionEvent {

  /**
   * There is one.
   *
   * @param host what the frontend calls its host, such as {@code host2}; empty if it does not say
   * @param again whether there was one before, to this frontend or another
   */
  record Connected(ServerAddress frontend, Optional<String> host, boolean again)
      implements ConnectionEvent {}

  /**
   * It was lost; others are being tried.
   *
   * @param why for people
   */
  record Lost(ServerAddress frontend, String why) implements ConnectionEvent {}
}

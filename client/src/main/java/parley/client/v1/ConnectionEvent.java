package parley.client.v1;

import parley.client.ServerAddress;

/** What has happened to a client's connection. */
public sealed interface ConnectionEvent {

  /**
   * There is one.
   *
   * @param again whether there was one before, to this frontend or another
   */
  record Connected(ServerAddress frontend, boolean again) implements ConnectionEvent {}

  /**
   * It was lost; others are being tried.
   *
   * @param why for people
   */
  record Lost(ServerAddress frontend, String why) implements ConnectionEvent {}
}

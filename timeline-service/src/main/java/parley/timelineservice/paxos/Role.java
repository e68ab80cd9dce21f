package parley.timelineservice.paxos;

/**
 * What a replica is doing about leadership; {@link PaxosReplica} is the only door between the
 * roles.
 */
sealed interface Role permits Role.Standby, Candidate, Primary {

  /** Follows whoever leads. */
  record Standby() implements Role {}
}

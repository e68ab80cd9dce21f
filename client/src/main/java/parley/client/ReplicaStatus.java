package parley.client;

import parley.proto.store.StatusReply;

/**
 * One timeline service's view of itself and of the primary, for people and for scripts that wait.
 *
 * @param host the service's host number
 * @param role {@code primary}, {@code candidate}, {@code standby}, {@code newcomer} or {@code
 *     empty}
 * @param epoch the number of the epoch that it knows, 0 for none
 * @param primaryHost the host of the primary that it knows, 0 for none
 * @param serving it is the primary and takes commands
 */
public record ReplicaStatus(
    int host,
    String role,
    long epoch,
    int primaryHost,
    boolean serving,
    long appliedIndex,
    long committedSlot,
    long users,
    long posts,
    long sessions) {

  static ReplicaStatus of(StatusReply reply) {
    return new ReplicaStatus(
        reply.getNews().getHost(),
        reply.getRole(),
        reply.getNews().getEpoch(),
        reply.getNews().getPrimaryHost(),
        reply.getNews().getServing(),
        reply.getNews().getAppliedIndex(),
        reply.getNews().getCommittedSlot(),
        reply.getUsers(),
        reply.getPosts(),
        reply.getSessions());
  }
}

/**
 * The library for {@code parley.v1}: a client that connects to some frontend, and to another one
 * when that is gone, without its user's taking notice.
 *
 * <p>{@link parley.client.v1.ParleyClient} is the door. Behind it, everything that changes belongs
 * to one thread, {@code parley-client}: the {@code Connector} keeps one connection to a frontend
 * that serves, and calls, outboxes and subscriptions go on over whichever connection there is.
 */
package parley.client.v1;

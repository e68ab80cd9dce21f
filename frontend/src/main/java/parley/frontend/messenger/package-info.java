/** The public {@code hw2.MessengerServer} interface. */
package parley.frontend.messenger;

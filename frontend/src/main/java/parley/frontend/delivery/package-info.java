/** From the applied timeline to its followers: the social graph, recent events, fan-out. */
package parley.frontend.delivery;

/**
 * The client library: what a program needs to speak with Parley's frontends, and to ask its
 * services how they are.
 */
package parley.client;

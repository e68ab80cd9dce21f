/** The {@code parley} command line, for people and for scripts. */
package parley.client.cli;

/** Hosts that are none, to try the tests themselves. */
package parley.acceptance.fake;

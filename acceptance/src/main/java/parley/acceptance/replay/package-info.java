/**
 * The main job on real input: a trace of real activity replayed through three hosts, some of which
 * are killed, and everything that anybody received compared with what should have been.
 */
package parley.acceptance.replay;

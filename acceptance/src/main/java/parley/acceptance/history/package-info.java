/**
 * What should happen and what did: the trace, the model made of it, and the checks of what readers
 * received. Pure.
 */
package parley.acceptance.history;

/**
 * What the public interfaces have in common: calls on their way to the loop and back, rules for
 * input, bounds.
 */
package parley.frontend.call;

/**
 * What can go wrong with three hosts: each fault is a value with a name, can be tried on any
 * laboratory that allows it, and says what it hits.
 */
package parley.acceptance.lab.fault;

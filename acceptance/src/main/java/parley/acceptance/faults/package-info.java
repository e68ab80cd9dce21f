/**
 * What each fault costs: the matrix of faults and roles, and the campaign of random faults, both
 * under load, both judged by the history of what clients saw.
 */
package parley.acceptance.faults;

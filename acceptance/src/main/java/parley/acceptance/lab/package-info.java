/**
 * A laboratory: real hosts as real processes, started and stopped by the shipped scripts, killed
 * and paused at will, and cleaned away whatever happens.
 */
package parley.acceptance.lab;

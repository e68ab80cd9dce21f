/** The frontend's main: arguments, wiring, life cycle. */
package parley.frontend.app;

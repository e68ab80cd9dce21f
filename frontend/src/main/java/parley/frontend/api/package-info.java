/** The public {@code parley.v1.Parley} interface. */
package parley.frontend.api;

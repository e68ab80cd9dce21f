/** The links to the timeline services: commands out, applied timeline and reads in. */
package parley.frontend.store;

/** The coordinator's main, and the small mains behind the start and stop scripts. */
package parley.coordinator.app;

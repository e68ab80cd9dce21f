/** The one thread that owns the frontend's state, and how others hand work to it. */
package parley.frontend.loop;

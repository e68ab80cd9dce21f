/** Who is connected to this frontend. */
package parley.frontend.session;

/** What discovery and the library both need, and programs do not. */
package parley.client.base;

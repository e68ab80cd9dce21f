/** How fast it goes: plain loads without faults, measured from a client's side. */
package parley.acceptance.bench;

/**
 * Clients under faults: users who post at their own pace, users who follow, what becomes of them
 * when their frontend dies, and how long posts take.
 */
package parley.acceptance.load;

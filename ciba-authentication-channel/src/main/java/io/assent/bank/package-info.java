/**
 * Calls to the bank's own systems, whose addresses the operator sets: as whom, how long, how many at once, and how much
 * is read. Knows nothing of what is asked.
 */
package io.assent.bank;

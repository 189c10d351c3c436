/**
 * What every room stands on: the base of the pack's SPIs, options, the clock, transactions, who a customer is, and how
 * events are told. Knows no other room.
 */
package io.assent.server;

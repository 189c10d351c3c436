/**
 * Where a call comes from, as far as a customer can judge by it: browser, system, network, place. Signals, and no proof.
 * Knows no link and no request.
 */
package io.assent.origin;

/**
 * What senders through a vendor have in common: options, time-outs, and one client for as long as the server runs.
 * Knows no vendor by name.
 */
package io.assent.push.vendor;

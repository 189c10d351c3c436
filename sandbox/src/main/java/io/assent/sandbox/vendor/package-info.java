/**
 * Servers that speak the wire protocols of push vendors on this machine, for tests and for local work: they accept what
 * the vendors accept, fail in every way that the vendors do when told to, and count what they got.
 */
package io.assent.sandbox.vendor;

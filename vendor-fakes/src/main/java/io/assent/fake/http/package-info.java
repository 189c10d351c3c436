/**
 * What the fake vendors have in common: an HTTP server on this machine's loopback address, and how it treats a call;
 * and a server that nobody should believe. Knows no vendor and nothing of Assent.
 */
package io.assent.fake.http;

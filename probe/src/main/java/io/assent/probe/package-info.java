/**
 * A provider as somebody else could write it, for tests: it listens to the outbox from inside a server, writes what it
 * is told into tables that the test has made, and fails where the test says so. Deployed nowhere else.
 */
package io.assent.probe;

/**
 * What somebody else could write, for tests: a listener to the outbox, which writes what it is told into tables that
 * the test has made, and fails where the test says so; and a type of authorization details. Deployed nowhere else.
 */
package io.assent.probe;

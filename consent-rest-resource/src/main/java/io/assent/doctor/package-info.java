/**
 * What is wrong with how a realm is set up, in words, with where to mend it: facts are read from the server into plain
 * values, and rules look at these alone. Changes nothing.
 */
package io.assent.doctor;

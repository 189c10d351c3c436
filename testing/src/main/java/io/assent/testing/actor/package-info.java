/**
 * Who acts: customers with the bank's app, TPPs, the bank's admin, and the realm that they act in, on any server that
 * can be reached. Must not know how a server is run.
 */
package io.assent.testing.actor;

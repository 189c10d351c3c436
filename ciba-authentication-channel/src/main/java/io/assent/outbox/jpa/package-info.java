/**
 * The engine of the outbox: rows with leases in Keycloak's database, threads that send, and a poller for what is due.
 */
package io.assent.outbox.jpa;

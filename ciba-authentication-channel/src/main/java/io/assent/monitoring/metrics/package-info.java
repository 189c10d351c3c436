/**
 * What an operator sees of the pack on Keycloak's own metrics endpoint (Micrometer): counters and timers per realm,
 * client and journey, and what waits in the outbox. Fed by the pack's events alone; nobody depends on it. No tag names
 * a customer, a device or a text.
 */
package io.assent.monitoring.metrics;

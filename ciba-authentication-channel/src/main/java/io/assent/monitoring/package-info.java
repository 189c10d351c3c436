/**
 * Tells Keycloak's own events what happens in the pack. A metric goes into {@code monitoring.metrics}. Changes nothing,
 * and nothing depends on it.
 */
package io.assent.monitoring;

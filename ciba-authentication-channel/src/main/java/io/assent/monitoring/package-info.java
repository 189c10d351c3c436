/**
 * Who watches: listeners of the pack's events that tell the outside, today Keycloak's own events. A metric, a report or
 * a webhook goes here. Changes nothing, and nothing depends on it.
 */
package io.assent.monitoring;

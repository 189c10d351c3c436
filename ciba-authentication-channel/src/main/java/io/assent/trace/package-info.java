/**
 * Makes one case findable in logs and in traces: steps as spans of Keycloak's own OpenTelemetry provider, the place in
 * a trace at which something later goes on, and the request's id beside what is logged meanwhile. Where tracing is off,
 * spans are nobody's. No span and no line names a customer, a device or a text.
 */
package io.assent.trace;

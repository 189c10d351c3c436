/**
 * Sends events by signed POSTs after Standard Webhooks. A URL that an admin sets is called by the rules of
 * {@link io.assent.egress.Egress}, with a list of hosts of its own.
 */
package io.assent.destination.webhook;

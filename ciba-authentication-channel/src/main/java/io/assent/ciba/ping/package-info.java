/**
 * Pings to clients in ping mode (CIBA Core 1.0, section 10.2): left to the outbox when a customer decides. Has no
 * effect on the answer.
 */
package io.assent.ciba.ping;

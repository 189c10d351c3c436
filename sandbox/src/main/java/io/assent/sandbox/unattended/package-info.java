/**
 * Answers without a customer, for a TPP's own tests: at once, by whoever holds an {@code auth_req_id}, or by a client's
 * {@link io.assent.sandbox.unattended.Script}.
 */
package io.assent.sandbox.unattended;

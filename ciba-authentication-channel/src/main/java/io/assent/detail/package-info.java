/**
 * Authorization details (RFC 9396): the types that there are, what may be sent of them, how a customer is shown them,
 * and what a customer may grant of them. {@link io.assent.detail.DetailTypes} is the door.
 */
package io.assent.detail;

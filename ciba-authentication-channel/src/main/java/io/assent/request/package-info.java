/**
 * The consent request, one question to one customer, and {@link io.assent.request.ConsentRequests}, the only door to
 * it: ask, open, decide, redeem. A journey calls the door; who wants to follow listens to its events. Knows no
 * protocol, no page, no device and no push.
 */
package io.assent.request;

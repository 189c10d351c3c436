/**
 * Tells a client that a consent of a customer's has ended, by a Security Event Token (RFC 8417) that is pushed to a URL
 * of the client's (RFC 8935): left to the outbox with the end, and never within anybody's call. Has no effect on the
 * end, and knows nothing of back-channel logout, by which a client may be told as well.
 */
package io.assent.securityevent;

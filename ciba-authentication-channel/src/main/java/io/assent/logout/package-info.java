/**
 * Tells a client that a consent of a customer's has ended, by OpenID Connect Back-Channel Logout 1.0: left to the
 * outbox when its tokens end, and never within anybody's call. Has no effect on the end.
 */
package io.assent.logout;

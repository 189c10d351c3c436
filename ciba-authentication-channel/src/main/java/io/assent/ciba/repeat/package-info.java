/**
 * A backchannel authentication request that is sent again under the same {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header): it is answered with the same bytes, and the customer is asked once.
 */
package io.assent.ciba.repeat;

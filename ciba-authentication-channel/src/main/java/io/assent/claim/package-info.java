/**
 * Claims about a customer (OpenID Connect Core 1.0, section 5): what a client asks of them, which of them a client
 * scope carries, how a customer sees them, and what of them a token keeps. Knows neither requests nor consents.
 */
package io.assent.claim;

/**
 * What the bank verified about a customer (OpenID Connect for Identity Assurance 1.0): where it comes from, which of it
 * a permission carries, and what of it meets a request. Knows neither requests for consent nor consents.
 */
package io.assent.identity;

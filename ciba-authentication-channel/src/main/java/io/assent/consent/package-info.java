/**
 * The consent, what stands after a yes, and {@link io.assent.consent.Consents}, the only door to it: grant, narrow,
 * end. Knows no request, no token and no session of Keycloak's: what follows from a change listens to its events.
 */
package io.assent.consent;

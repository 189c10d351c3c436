/**
 * Customers' passkeys (Web Authentication), which Keycloak keeps and checks. {@link io.assent.passkey.Passkeys} is the
 * door. Knows no request, no consent and no page.
 */
package io.assent.passkey;

/**
 * What a bank decides per client, set with Keycloak's own client policies: the executor {@code consent-rules} in a
 * client profile, and conditions that choose the clients. Knows no request and no consent.
 */
package io.assent.rules;

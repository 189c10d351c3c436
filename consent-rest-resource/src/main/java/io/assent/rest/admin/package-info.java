/**
 * The API of the bank's staff, {@code /admin/realms/{realm}/consents} in Keycloak's admin API, described by
 * {@code openapi.json}. Turns calls into calls of the doors, and results into answers; Keycloak's own admin permissions
 * decide who may do what. Holds no rule about a consent.
 */
package io.assent.rest.admin;

/**
 * The page for the bank's staff, {@code /admin/{realm}/console/consents/}, beside Keycloak's own admin console and with
 * its login. Serves files that are the same for everybody, and where this server is; says nothing of a realm. All that
 * the page shows comes from the staff's API, with the staff's own token.
 */
package io.assent.rest.console;

/**
 * The pack in Keycloak's database: the list of entities, the changelog, and the housekeeping that removes what is old,
 * tells what expired and counts for the reports. Knows every table; nothing knows it.
 */
package io.assent.schema;

/**
 * The pack in Keycloak's database: the list of entities, the changelog, and the housekeeping that removes what is old
 * and tells what expired. Knows every table; nothing knows it.
 */
package io.assent.schema;

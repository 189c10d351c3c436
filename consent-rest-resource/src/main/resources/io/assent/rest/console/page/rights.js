// What who is logged in may do, as far as roles say it. Where fine-grained permissions decide, the server is asked.

/** @param roles those that Keycloak says somebody has in the realm */
export function rightsOf(roles) {
  const has = (...names) => names.some((name) => roles.includes(name));
  const viewsCustomers = has("view-users", "manage-users");
  const viewsCompanies = has("view-clients", "manage-clients");
  return {
    /** All customers: lists of what is of many of them need that. */
    viewsCustomers,
    /** Some at least, who are found by Keycloak's own search. */
    findsCustomers: viewsCustomers || has("query-users"),
    /** Whether to offer what changes something: without any of the roles, permissions may be for single users. */
    managesCustomers: has("manage-users") || (!viewsCustomers && has("query-users")),
    viewsCompanies,
    findsCompanies: viewsCompanies || has("query-clients"),
    managesCompanies: has("manage-clients") || (!viewsCompanies && has("query-clients")),
    viewsRealm: has("view-realm", "manage-realm"),
    viewsSetup: has("view-realm", "manage-realm") && viewsCompanies,
    managesSetup: has("manage-realm") && has("manage-clients"),
    managesRealm: has("manage-realm"),
  };
}

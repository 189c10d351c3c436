/** What the server wrote into the page: where it is, and who logs in there. */
export const surroundings = JSON.parse(document.querySelector("meta[name=surroundings]").content);

const loginRealm = encodeURIComponent(surroundings.realm);

/** Keycloak's console with the same login; its addresses begin so. */
export const consoleUrl = `${surroundings.adminBaseUrl}/admin/${loginRealm}/console/`;

/** Where this page is, as the login comes back to it. */
export const pageUrl = `${consoleUrl}consents/`;

/** What logs staff in. */
export const openIdUrl = `${surroundings.serverBaseUrl}/realms/${loginRealm}/protocol/openid-connect`;

/** Keycloak's admin API. */
export const realmsUrl = `${surroundings.adminBaseUrl}/admin/realms`;

/** The same of a realm. */
export const adminUrl = (realm) => `${realmsUrl}/${encodeURIComponent(realm)}`;

/** Whether staff who log in here may look after other realms. */
export const isMaster = surroundings.realm === surroundings.masterRealm;

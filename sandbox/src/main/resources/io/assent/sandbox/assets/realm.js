// Where this page is: which realm, and under which path the server lives.

const [, path, realmName] = location.pathname.match(/^(.*\/realms\/([^/]+))\/sandbox\//);

/** The realm's path, such as /realms/bank. */
export const realmPath = path;

/** The realm's name, for people. */
export const realm = decodeURIComponent(realmName);

/** A path within the sandbox. */
export const sandboxPath = (rest) => `${path}/sandbox/${rest}`;

/** A path of the OpenID Connect endpoints. */
export const oidcPath = (rest) => `${path}/protocol/openid-connect/${rest}`;

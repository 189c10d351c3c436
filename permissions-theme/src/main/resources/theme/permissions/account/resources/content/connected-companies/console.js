/** What the server wrote into the account console's page. */
export const environment = JSON.parse(document.getElementById("environment").textContent);

export const realmUrl = `${environment.serverBaseUrl}/realms/${encodeURIComponent(environment.realm)}`;

/** The language that the console speaks; language.js keeps it up to date. */
export const language = () => document.documentElement.lang || "en";

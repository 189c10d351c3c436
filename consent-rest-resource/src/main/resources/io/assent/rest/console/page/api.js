// Calls of the staff's API. What it refuses comes back as a Refusal.

import { accessToken, forgetTokens, goToLogin } from "./login.js";
import { adminUrl, consoleUrl, realmsUrl } from "./surroundings.js";
import { language } from "./words.js";

/**
 * What the server would not do; `name` is the last part of the problem's type, or empty. Where it says so, `flaw` is what
 * is wrong, and `field` where.
 */
export class Refusal extends Error {
  constructor(status, name, detail, { flaw, field } = {}) {
    super(detail);
    this.status = status;
    this.name = name;
    this.flaw = flaw;
    this.field = field;
  }
}

/** So long a file is kept for the browser to fetch it, in milliseconds. */
const KEPT = 60_000;

let realm = "";

/** Whose consents are looked at from now on. */
export function lookAt(name) {
  realm = name;
}

/** @param query what is asked for; without what is empty */
export const get = async (path, query = {}) => (await call("GET", path, query)).json();

export async function post(path, body) {
  const answer = await call("POST", path, {}, body);
  return answer.status === 204 ? undefined : answer.json();
}

/** What there is of the API where nobody can answer yet. */
const BEFORE_SETUP = ["/consents/doctor", "/consents/setup"];

/** The paths that the staff's API describes: what this server has, in this realm. */
export async function described() {
  try {
    return Object.keys((await get("/openapi.json")).paths);
  } catch (error) {
    if (error instanceof Refusal && error.status === 404) {
      return BEFORE_SETUP;
    }
    throw error;
  }
}

/** Hands a file to the browser, byte for byte as it came. */
export async function download(path, name, query = {}) {
  const content = await (await call("GET", path, query)).blob();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

/** Who is logged in, and the roles that they have in a realm, as Keycloak's console asks for it. */
export const whoAmI = async (name) =>
  (await send("GET", `${consoleUrl}whoami?currentRealm=${encodeURIComponent(name)}`)).json();

/** The realms that they look after, by Keycloak's own admin API. */
export const realms = async () => (await send("GET", `${realmsUrl}?briefRepresentation=true`)).json();

/** Users by a name or address, by Keycloak's own admin API. */
export const users = async (search, max) =>
  (
    await send("GET", `${adminUrl(realm)}/users?${new URLSearchParams({ search, max, briefRepresentation: true })}`)
  ).json();

/** One user, or null where this is not for who is logged in, or there is none. */
export async function user(id) {
  try {
    return await (await send("GET", `${adminUrl(realm)}/users/${encodeURIComponent(id)}`)).json();
  } catch (error) {
    if (error instanceof Refusal && error.status < 500) {
      return null;
    }
    throw error;
  }
}

const call = (method, path, query, body) => {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const suffix = given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
  return send(method, `${adminUrl(realm)}/consents${path}${suffix}`, body);
};

async function send(method, url, body) {
  const token = await accessToken(language());
  const answer = await fetch(url, {
    method,
    cache: "no-store",
    credentials: "omit",
    headers: { Authorization: `Bearer ${token}`, "Accept-Language": language(), ...(body && { "Content-Type": "application/json" }) },
    body: body && JSON.stringify(body),
  });
  if (answer.status === 401) {
    forgetTokens();
    return goToLogin(language());
  }
  if (!answer.ok) {
    throw await refusal(answer);
  }
  return answer;
}

/** What is not the pack's own says less. */
async function refusal(answer) {
  if (!answer.headers.get("Content-Type")?.startsWith("application/problem+json")) {
    return new Refusal(answer.status, "", "");
  }
  const { type, detail, ...more } = await answer.json();
  return new Refusal(answer.status, type.slice(type.lastIndexOf(":") + 1), detail, more);
}

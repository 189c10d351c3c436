// Registers a client. What it authenticates with is shown once: the server tells no secret again, and a private key
// never leaves this page.

import { element } from "./elements.js";
import { Problem, reach } from "./problem.js";
import { sandboxPath } from "./realm.js";
import { say } from "./words.js";

export const CLIENT_KINDS = ["poll", "ping", "redirect", "fapi"];

const KEY = { name: "ECDSA", namedCurve: "P-256" };

/** Which field of the form a kind has. */
export const sendsTheBrowser = (kind) => kind === "redirect" || kind === "fapi";

/** @return the client, as the server tells it, with `privateKey` where it has one */
export async function registerClient({ kind, name, redirectUri, notificationEndpoint, offlineAccess }) {
  const keys = kind === "fapi" ? await makeKeys() : null;
  const response = await reach(sandboxPath("clients"), {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      kind,
      name,
      ...(sendsTheBrowser(kind) && { redirectUri }),
      ...(kind === "ping" && notificationEndpoint && { notificationEndpoint }),
      offlineAccess,
      ...(keys && { jwk: keys.jwk }),
    }),
  });
  if (!response.ok) {
    throw await Problem.from(response);
  }
  const client = await response.json();
  return keys ? { ...client, privateKey: { ...keys.privateKey, kid: client.kid, alg: "ES256" } } : client;
}

async function makeKeys() {
  // a browser has no keys where others could change the page on its way
  if (!crypto.subtle) {
    throw new Problem("insecure", 0, say("problem.insecure"));
  }
  const { privateKey } = await crypto.subtle.generateKey(KEY, true, ["sign", "verify"]);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey("jwk", privateKey);
  return { jwk: { kty, crv, x, y }, privateKey: { kty, crv, x, y, d } };
}

/** What a developer copies. */
export function credentials(client) {
  const fact = (key, value) =>
    value ? [element("dt", {}, say(key)), element("dd", {}, element("code", {}, value))] : [];
  return [
    fact("portal.client-id", client.clientId),
    fact("portal.secret", client.secret),
    fact("portal.private-key", client.privateKey && JSON.stringify(client.privateKey, null, 1)),
    fact("portal.redirect-uri", client.redirectUri),
    fact("portal.notification-endpoint", client.notificationEndpoint),
    fact("portal.permissions", client.scope),
  ].flat();
}

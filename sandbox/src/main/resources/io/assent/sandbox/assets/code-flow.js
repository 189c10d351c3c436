// The redirect flow of a web page: Authorization Code (RFC 6749, section 4.1) with PKCE (RFC 7636).

import { base64url, sha256 } from "./encoding.js";
import { Problem } from "./problem.js";
import { oidcPath } from "./realm.js";

/**
 * Goes to the bank's pages, to come back to this one with an answer.
 *
 * @param key under which this tab remembers what is under way
 * @param parameters client_id, redirect_uri, scope and what else the request is to say
 * @param kept what `finish` is to return besides the answer
 */
export async function begin(key, parameters, kept) {
  if (!globalThis.crypto?.subtle) {
    throw new Problem("insecure", 0, "A browser allows this login on https and on http://localhost alone.");
  }
  const verifier = random();
  const state = random();
  sessionStorage.setItem(key, JSON.stringify({ verifier, state, search: location.search, kept }));
  location.assign(
    `${oidcPath("auth")}?${new URLSearchParams({
      response_type: "code",
      state,
      code_challenge: base64url(await sha256(verifier)),
      code_challenge_method: "S256",
      ...parameters,
    })}`,
  );
}

/**
 * The answer, if this page load is the way back from the bank's pages; else null.
 *
 * @return `code` and `verifier`, or the bank's `error` and its `description`; and what was `kept`
 */
export function finish(key) {
  const answer = new URLSearchParams(location.search);
  if (!answer.has("state")) {
    return null;
  }
  const pending = JSON.parse(sessionStorage.getItem(key) ?? "null");
  sessionStorage.removeItem(key);
  // The code leaves the address bar and the history at once.
  history.replaceState(null, "", location.pathname + (pending?.search ?? ""));
  if (!pending || pending.state !== answer.get("state")) {
    throw new Problem("login-failed", 0, "This login was not started here. Please log in again.");
  }
  return {
    code: answer.get("code"),
    error: answer.get("error"),
    description: answer.get("error_description") ?? answer.get("error"),
    verifier: pending.verifier,
    kept: pending.kept,
  };
}

/** 256 random bits, fit for a URL. */
export function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

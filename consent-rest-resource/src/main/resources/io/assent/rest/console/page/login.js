// Logs staff in as Keycloak's console does: the code flow with PKCE, for the console's own client. Tokens are in the
// memory of this page alone; what is to be kept while the login page is shown is no secret any more afterwards.

import { openIdUrl, pageUrl, surroundings } from "./surroundings.js";

const PENDING = "assent.staff.login";

/** A token that is over in less than this is refreshed before it is used, in milliseconds. */
const MARGIN = 10_000;

let tokens = null;
let refreshing = null;
let leaving = null;

/** The login came to nothing. */
export class LoginFailed extends Error {}

/** Finishes a login if this is the way back from one, or goes to the login page, and never returns then. */
export async function logIn(language) {
  await prepareCryptography();
  const answer = new URLSearchParams(location.search);
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? "null");
  if (!pending || pending.state !== answer.get("state")) {
    return goToLogin(language);
  }
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, "", location.pathname + pending.view);
  if (!answer.has("code")) {
    throw new LoginFailed();
  }
  await fetchTokens({
    grant_type: "authorization_code",
    code: answer.get("code"),
    redirect_uri: pageUrl,
    code_verifier: pending.verifier,
  });
}

/** Leaves for the login page, which leads back to the view that is shown. Once, however many calls were refused. */
export const goToLogin = (language) => (leaving ??= leave(language));

async function leave(language) {
  const state = random();
  const verifier = random();
  sessionStorage.setItem(PENDING, JSON.stringify({ state, verifier, view: location.hash }));
  const query = new URLSearchParams({
    client_id: surroundings.clientId,
    redirect_uri: pageUrl,
    response_type: "code",
    response_mode: "query",
    scope: "openid",
    state,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
    ui_locales: language,
  });
  location.assign(`${openIdUrl}/auth?${query}`);
  // until the browser is away
  return new Promise(() => {});
}

/** A token that is good for a while; without one the login page comes. */
export async function accessToken(language) {
  if (tokens && tokens.until > Date.now()) {
    return tokens.access;
  }
  if (!tokens) {
    return goToLogin(language);
  }
  // one at a time: a refresh token may be good for a single use
  refreshing ??= fetchTokens({ grant_type: "refresh_token", refresh_token: tokens.refresh }).finally(() => {
    refreshing = null;
  });
  try {
    await refreshing;
  } catch (error) {
    if (error instanceof LoginFailed) {
      return goToLogin(language);
    }
    throw error;
  }
  return tokens.access;
}

/** The server takes the token no more. */
export function forgetTokens() {
  tokens = null;
}

export function logOut() {
  const query = new URLSearchParams({ client_id: surroundings.clientId, post_logout_redirect_uri: pageUrl });
  if (tokens?.id) {
    query.set("id_token_hint", tokens.id);
  }
  forgetTokens();
  location.assign(`${openIdUrl}/logout?${query}`);
}

async function fetchTokens(parameters) {
  const asked = Date.now();
  const answer = await fetch(`${openIdUrl}/token`, {
    method: "POST",
    credentials: "omit",
    cache: "no-store",
    body: new URLSearchParams({ client_id: surroundings.clientId, ...parameters }),
  });
  if (!answer.ok) {
    // a server that fails is as good as one that can't be reached
    throw answer.status < 500 ? new LoginFailed() : new TypeError(`status ${answer.status}`);
  }
  const { access_token, refresh_token, id_token, expires_in } = await answer.json();
  tokens = {
    access: access_token,
    refresh: refresh_token,
    id: id_token ?? tokens?.id,
    until: asked + expires_in * 1000 - MARGIN,
  };
}

/** The browser has none where the page comes by plain http from elsewhere; Keycloak's console has the same stand-in. */
async function prepareCryptography() {
  if (surroundings.cryptoUrl) {
    await import(surroundings.cryptoUrl);
  }
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const challenge = async (verifier) =>
  base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

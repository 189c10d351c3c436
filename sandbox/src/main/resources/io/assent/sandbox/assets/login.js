// Logs the customer in, as any app of the bank does. Tokens live in this tab.

import { begin, finish } from "./code-flow.js";
import { Problem, reach } from "./problem.js";
import { oidcPath, sandboxPath } from "./realm.js";

const CLIENT_ID = "bank-app";
const SCOPE = "openid consent-app";
const TOKENS = "assent.sandbox.tokens";
const PENDING_LOGIN = "assent.sandbox.login";

/** A token that is over in less than this is refreshed before it is used. */
const MARGIN = 20_000;

const redirectUri = location.origin + sandboxPath("phone");
let refreshing = null;

/** Who is logged in, from the ID token; null if nobody is. */
export function customer() {
  const tokens = stored(TOKENS);
  return tokens && claims(tokens.idToken);
}

/**
 * Goes to the bank's login page, and comes back to this page with a code.
 *
 * @param afresh whether a login that the bank still has will not do
 */
export async function logIn(language, afresh) {
  await begin(PENDING_LOGIN, {
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    scope: SCOPE,
    ui_locales: language,
    ...(afresh && { prompt: "login" }),
  });
}

/** Goes to the bank's pages for one thing that only a browser can do, and comes back to this page. */
export async function act(language, action) {
  await begin(PENDING_LOGIN, {
    client_id: CLIENT_ID,
    redirect_uri: redirectUri,
    scope: SCOPE,
    ui_locales: language,
    kc_action: action,
  });
}

/** Finishes a login if this page load is the way back from one. */
export async function finishLogin() {
  const answer = finish(PENDING_LOGIN);
  if (!answer) {
    return;
  }
  if (answer.error) {
    throw new Problem("login-failed", 0, `The login did not work: ${answer.description}.`);
  }
  await fetchTokens({
    grant_type: "authorization_code",
    code: answer.code,
    redirect_uri: redirectUri,
    code_verifier: answer.verifier,
  });
}

/** An access token that is good for a while; refreshed when need be. */
export async function accessToken() {
  const tokens = stored(TOKENS);
  if (!tokens) {
    throw Problem.loginExpired();
  }
  if (tokens.expiresAt - Date.now() > MARGIN) {
    return tokens.accessToken;
  }
  // One refresh at a time: a refresh token may be good for a single use.
  refreshing ??= fetchTokens({ grant_type: "refresh_token", refresh_token: tokens.refreshToken }).finally(() => {
    refreshing = null;
  });
  return (await refreshing).accessToken;
}

/** Ends the login, here and at the server. */
export async function logOut() {
  const tokens = stored(TOKENS);
  forgetLogin();
  if (tokens) {
    await reach(oidcPath("logout"), {
      method: "POST",
      body: new URLSearchParams({ client_id: CLIENT_ID, refresh_token: tokens.refreshToken }),
    });
  }
}

/** Forgets tokens that the server does not take any more. */
export function forgetLogin() {
  sessionStorage.removeItem(TOKENS);
}

async function fetchTokens(parameters) {
  const response = await reach(oidcPath("token"), {
    method: "POST",
    body: new URLSearchParams({ client_id: CLIENT_ID, ...parameters }),
    credentials: "omit",
  });
  if (!response.ok) {
    if (response.status < 500) {
      forgetLogin();
      throw Problem.loginExpired();
    }
    throw await Problem.from(response);
  }
  const body = await response.json();
  const tokens = {
    accessToken: body.access_token,
    refreshToken: body.refresh_token,
    idToken: body.id_token ?? stored(TOKENS)?.idToken,
    expiresAt: Date.now() + body.expires_in * 1000,
  };
  sessionStorage.setItem(TOKENS, JSON.stringify(tokens));
  return tokens;
}

function stored(key) {
  return JSON.parse(sessionStorage.getItem(key) ?? "null");
}

/** What a token says; the server that it came from was asked directly, so its signature is not checked. */
function claims(token) {
  const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

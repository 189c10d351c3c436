// The account console keeps its access token to itself. It is the same login, so that this page asks for one of its own,
// as another tab of the console would: the code flow with PKCE and prompt=none, without leaving the page.

import { environment, realmUrl } from "./console.js";

/** So long before its end a token is no longer used, in milliseconds. */
const MARGIN = 10_000;

let token = { value: "", until: 0 };

/** There is no login any more, or the server wants something else of the customer first. */
export class LoginNeeded extends Error {}

/** An access token of the account console. */
export async function accessToken() {
  if (Date.now() >= token.until) {
    const asked = Date.now();
    const { access_token, expires_in } = await redeem(await authorize());
    token = { value: access_token, until: asked + expires_in * 1000 - MARGIN };
  }
  return token.value;
}

/** The next call asks for another one. */
export function forgetToken() {
  token = { value: "", until: 0 };
}

/** The redirect ends at a page of the console, which is only looked at for its address. */
async function authorize() {
  const verifier = random();
  const state = random();
  const query = new URLSearchParams({
    client_id: environment.clientId,
    redirect_uri: environment.baseUrl,
    response_type: "code",
    response_mode: "query",
    scope: "openid",
    prompt: "none",
    state,
    code_challenge: await challenge(verifier),
    code_challenge_method: "S256",
  });
  const end = await fetch(`${realmUrl}/protocol/openid-connect/auth?${query}`, { cache: "no-store" });
  const answer = new URL(end.url).searchParams;
  if (answer.get("state") !== state || !answer.has("code")) {
    throw new LoginNeeded();
  }
  return { code: answer.get("code"), verifier };
}

async function redeem({ code, verifier }) {
  const answer = await fetch(`${realmUrl}/protocol/openid-connect/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: environment.clientId,
      redirect_uri: environment.baseUrl,
      code,
      code_verifier: verifier,
    }),
  });
  if (!answer.ok) {
    throw new LoginNeeded();
  }
  return answer.json();
}

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const challenge = async (verifier) =>
  base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

// A TPP that has openid-client do the work. What it is to do is in its environment; what happens it says in lines of JSON.

import { createServer } from "node:http";
import { createInterface } from "node:readline/promises";
import { SignJWT, importJWK } from "jose";
import * as client from "openid-client";

const CIBA = "urn:openid:params:grant-type:ciba";
const { ISSUER, CLIENT_ID, CLIENT_SECRET, CUSTOMER, SCOPE, SCENARIO, SIGNING_KEY, PING_PORT, REDIRECT_URI } = process.env;

const say = (what) => console.log(JSON.stringify(what));

const config = await client.discovery(
  new URL(ISSUER),
  CLIENT_ID,
  { client_secret: CLIENT_SECRET, use_mtls_endpoint_aliases: false },
  client.ClientSecretBasic(CLIENT_SECRET),
  { execute: [client.allowInsecureRequests] },
);

const question = { scope: SCOPE, login_hint: CUSTOMER, binding_message: "W4SCT" };

async function ask(parameters) {
  const asked = await client.initiateBackchannelAuthentication(config, parameters);
  say({ asked: asked.auth_req_id });
  return asked;
}

const tell = (tokens) => say({ tokenType: tokens.token_type, scope: tokens.scope, subject: tokens.claims()?.sub });

const scenarios = {
  async poll() {
    tell(await client.pollBackchannelAuthenticationGrant(config, await ask(question)));
  },

  /** The library stops by its own clock when the question has expired; what the server says then is asked once more. */
  async expire() {
    const asked = await ask(question);
    await client.pollBackchannelAuthenticationGrant(config, asked).catch((error) => {
      if (error.code !== "OAUTH_TIMEOUT") {
        throw error;
      }
    });
    tell(await client.genericGrantRequest(config, CIBA, { auth_req_id: asked.auth_req_id }));
  },

  async claims() {
    const wish = (claim) => ({
      verified_claims: { verification: { trust_framework: { value: "de_aml" } }, claims: { [claim]: null } },
    });
    const claims = JSON.stringify({ id_token: wish("age_over_18"), userinfo: wish("nationality") });
    const tokens = await client.pollBackchannelAuthenticationGrant(config, await ask({ ...question, claims }));
    const userinfo = await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub);
    say({ idToken: tokens.claims().verified_claims, userinfo: userinfo.verified_claims });
  },

  async ping() {
    const notificationToken = client.randomState();
    const pinged = new Promise((resolve) => {
      const server = createServer(async (request, response) => {
        const chunks = [];
        for await (const chunk of request) {
          chunks.push(chunk);
        }
        response.writeHead(204).end();
        server.close();
        resolve({ authorization: request.headers.authorization, ...JSON.parse(Buffer.concat(chunks).toString()) });
      });
      server.listen(Number(PING_PORT), "127.0.0.1");
    });
    const asked = await ask({ ...question, client_notification_token: notificationToken });
    const ping = await pinged;
    if (ping.authorization !== `Bearer ${notificationToken}` || ping.auth_req_id !== asked.auth_req_id) {
      throw new Error("not the ping of this request");
    }
    tell(await client.genericGrantRequest(config, CIBA, { auth_req_id: asked.auth_req_id }));
  },

  async signed() {
    const jwk = JSON.parse(SIGNING_KEY);
    const request = await new SignJWT(question)
      .setProtectedHeader({ alg: jwk.alg, kid: jwk.kid })
      .setIssuer(CLIENT_ID)
      .setAudience(config.serverMetadata().issuer)
      .setIssuedAt()
      .setNotBefore("0s")
      .setExpirationTime("60s")
      .setJti(client.randomState())
      .sign(await importJWK(jwk));
    tell(await client.pollBackchannelAuthenticationGrant(config, await ask({ request })));
  },

  async dpop() {
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
    const tokens = await client.pollBackchannelAuthenticationGrant(config, await ask(question), undefined, { DPoP });
    await client.fetchUserInfo(config, tokens.access_token, tokens.claims().sub, { DPoP });
    tell(tokens);
  },

  async par() {
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const authorize = await client.buildAuthorizationUrlWithPAR(config, {
      redirect_uri: REDIRECT_URI,
      scope: SCOPE,
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    say({ authorize });
    const terminal = createInterface({ input: process.stdin });
    const back = await new Promise((resolve) => terminal.once("line", resolve));
    terminal.close();
    tell(
      await client.authorizationCodeGrant(config, new URL(back), {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }),
    );
  },
};

try {
  await scenarios[SCENARIO]();
} catch (error) {
  say({ error: error.error ?? error.code ?? String(error), description: error.error_description ?? error.message });
}

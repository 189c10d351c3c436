// A small TPP: it asks a customer by CIBA, waits for the answer, reads the accounts that the customer chose, and refreshes.

import { timingSafeEqual } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import * as client from "openid-client";

const {
  ISSUER = "http://localhost:8080/realms/bank",
  BANK = `${ISSUER}/sandbox/bank`,
  CLIENT_ID = "acme-aisp",
  CLIENT_SECRET = "acme-aisp-secret",
  CUSTOMER = "alice",
  SCOPE = "openid accounts.details accounts.balances",
  DETAILS = '[{"type": "account_information", "actions": ["list_accounts", "read_balances"]}]',
  PING_PORT,
} = process.env;

const CIBA = "urn:openid:params:grant-type:ciba";

// seconds: how often we ask without a ping, and how long before the request's time is over
const UNPINGED = 30;
const LAST = 10;

/** Asks, and returns the tokens when the customer has said yes. Throws what the bank says otherwise. */
async function ask(bank) {
  const ping = PING_PORT && (await hearPings(Number(PING_PORT)));
  try {
    const asked = await client.initiateBackchannelAuthentication(bank, {
      login_hint: CUSTOMER,
      scope: SCOPE,
      ...(DETAILS && { authorization_details: DETAILS }),
      binding_message: "Your yearly budget",
      ...(ping && { client_notification_token: ping.token }),
    });
    console.log(`Asked ${CUSTOMER}, who has ${asked.expires_in} s to answer: auth_req_id ${asked.auth_req_id}`);
    return await (ping ? fetchPinged(bank, asked, ping) : client.pollBackchannelAuthenticationGrant(bank, asked));
  } finally {
    ping?.close();
  }
}

/** Asks when the bank has pinged, and now and then without: a ping can be lost, and after its time the request's answer is, too. */
async function fetchPinged(bank, { auth_req_id, expires_in, interval = 5 }, ping) {
  const last = Date.now() + (expires_in - LAST) * 1000;
  const arrived = ping.arrived(auth_req_id).then(() => true);
  for (let pinged = false; ; ) {
    if (pinged) {
      await sleep(interval * 1000);
    } else {
      const most = Math.max(interval * 1000, Math.min(UNPINGED * 1000, last - Date.now()));
      pinged = await Promise.race([arrived, sleep(most, false, { ref: false })]);
    }
    try {
      return await client.genericGrantRequest(bank, CIBA, { auth_req_id });
    } catch (refused) {
      if (refused.error === "slow_down") {
        interval += 5; // CIBA Core 1.0, section 11
      } else if (refused.error !== "authorization_pending") {
        throw refused;
      }
    }
  }
}

/** A notification endpoint, which takes only what has the token that we made. */
async function hearPings(port) {
  const token = client.randomState();
  const expected = Buffer.from(`Bearer ${token}`);
  const heard = new Set();
  const server = createServer(async (request, response) => {
    const sent = Buffer.from(request.headers.authorization ?? "");
    if (sent.length !== expected.length || !timingSafeEqual(sent, expected)) {
      response.writeHead(401).end();
      return;
    }
    try {
      heard.add(JSON.parse(Buffer.concat(await request.toArray())).auth_req_id);
    } catch {
      response.writeHead(400).end();
      return;
    }
    response.writeHead(204).end(); // at once: the tokens are fetched after that
    server.emit("ping");
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return {
    token,
    async arrived(authReqId) {
      while (!heard.has(authReqId)) {
        await once(server, "ping");
      }
      console.log("The bank pinged.");
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What the customer lets us see: what was not granted is refused with 403. */
async function read(bank, tokens, path) {
  const answer = await client.fetchProtectedResource(bank, tokens.access_token, new URL(BANK + path), "GET");
  if (!answer.ok) {
    throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
  return answer.json();
}

async function play() {
  const bank = await client.discovery(new URL(ISSUER), CLIENT_ID, undefined, client.ClientSecretBasic(CLIENT_SECRET), {
    execute: ISSUER.startsWith("http:") ? [client.allowInsecureRequests] : [],
  });
  let tokens = await ask(bank);
  // it may be less than we asked for: what counts is what came
  console.log(`Granted: ${tokens.scope}`);
  const granted = tokens.scope.split(" ");
  const { accounts } = granted.includes("accounts.details") ? await read(bank, tokens, "/accounts") : { accounts: [] };
  for (const { id, name } of accounts) {
    const { balances } = granted.includes("accounts.balances") ? await read(bank, tokens, `/accounts/${id}/balances`) : { balances: [] };
    console.log([`Account: ${name}`, ...balances.map(({ amount, currency }) => `${amount} ${currency}`)].join(", "));
  }
  // keep the last refresh token, and the grant's id beside it
  tokens = await client.refreshTokenGrant(bank, tokens.refresh_token);
  console.log(`Refreshed: good for ${tokens.expires_in} s, grant ${tokens.grant_id}`);
}

try {
  await play();
} catch (error) {
  console.log(`No: ${error.error ?? error.code ?? error.message} ${error.error_description ?? ""}`);
  process.exitCode = 1;
}

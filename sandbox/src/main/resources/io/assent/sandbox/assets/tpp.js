// A third party in a web page: asks a customer by CIBA or in the browser, and shows what comes back.

import { balance, balancesDetails, readableAccounts } from "./balances.js";
import { countDown, minutesAndSeconds } from "./clock.js";
import { begin, finish } from "./code-flow.js";
import { element } from "./elements.js";
import { claimsFor } from "./identity.js";
import { grantedPayment, inBrief, pay, paymentDetails } from "./payment.js";
import { sandboxPath } from "./realm.js";
import { TppClient } from "./tpp-client.js";

const $ = (id) => document.getElementById(id);

/** The development realm's clients: what they are registered for, and a question that suits them. */
const TPPS = {
  "acme-aisp": {
    ping: false,
    offered: ["accounts.details", "accounts.balances", "accounts.transactions", "accounts.direct-debits"],
    asked: ["accounts.balances", "accounts.transactions"],
    message: "KR-4711",
  },
  "orbit-pisp": {
    ping: true,
    offered: ["payments.initiate", "accounts.balances", "identity.name"],
    asked: ["payments.initiate", "accounts.balances"],
    pays: true,
    message: "PAY-0815",
  },
  "globe-aisp": {
    ping: false,
    offered: [
      "accounts.details",
      "accounts.balances",
      "accounts.transactions",
      "accounts.direct-debits",
      "identity.name",
      "identity.address",
      "identity.verified",
    ],
    asked: ["accounts.details", "identity.name", "identity.verified"],
    message: "GL-2024",
  },
  "nova-tpp": {
    ping: false,
    offered: ["accounts.balances", "accounts.transactions", "payments.initiate"],
    asked: ["accounts.balances", "accounts.transactions"],
    pays: true,
    message: "NO-1604",
  },
};

/** The client whose customers log in by the bank's app alone: they type nothing into a browser. */
const IN_APP = "nova-tpp";

/** Words for what a customer or a server may answer (CIBA Core 1.0, sections 11 and 13). */
const WORDS = {
  access_denied: "The customer said no.",
  expired_token: "Nobody answered in time.",
  invalid_client: "The server does not know this client, or the secret is wrong.",
  unauthorized_client: "The secret is wrong, or this client may not use CIBA.",
  invalid_grant: "These tokens were fetched before, or the request is not this client's.",
  invalid_binding_message: "The server refuses this binding message.",
  unknown_user_id: "The bank has no such customer.",
  invalid_user: "The bank has no such customer.",
  "too-many-streams": "Too many pages listen for pings.",
};

/** What is under way; aborted by Cancel and by the next request. */
let current = new AbortController();

async function ask() {
  current = new AbortController();
  const { signal } = current;
  const scopes = checkedScopes();
  const client = tppClient();
  start();
  try {
    const request = {
      scope: ["openid", ...scopes].join(" "),
      login_hint: $("customer").value,
      ...($("message").value && { binding_message: $("message").value }),
      ...claimsFor(scopes),
      ...details(),
    };
    const tokens = await client.ask(request, signal, (accepted, until) => waiting(until, signal));
    showTokens(tokens, scopes);
  } catch (error) {
    showState(signal.aborted ? "cancelled" : "failed", signal.aborted ? CANCELLED : inWords(error));
  } finally {
    current.abort();
    setBusy(false);
  }
}

/** The payment or the balances, where one of them is asked for. */
function details() {
  if (TPPS[$("client").value].pays && $("payment-asked").checked) {
    return { authorization_details: paymentDetails($("amount").value, $("payee").value) };
  }
  return $("balances-asked").checked ? { authorization_details: balancesDetails() } : {};
}

/** A payment is asked for alone. */
function choose(detail, other) {
  if ($(detail).checked) {
    $(other).checked = false;
  }
}

function tppClient() {
  return new TppClient($("client").value, $("secret").value, TPPS[$("client").value].ping, showExchange);
}

// In the browser

const REDIRECT = "assent.sandbox.tpp";
const redirectUri = location.origin + sandboxPath("tpp");

/** Sends this very browser to the bank's consent screen. */
async function askInBrowser() {
  if (!$("secret").reportValidity()) {
    return;
  }
  const scopes = checkedScopes();
  try {
    await begin(
      REDIRECT,
      {
        client_id: $("client").value,
        redirect_uri: redirectUri,
        scope: ["openid", ...scopes].join(" "),
        ...claimsFor(scopes),
        ...details(),
      },
      { client: $("client").value, secret: $("secret").value, scopes },
    );
  } catch (error) {
    showState("failed", inWords(error));
  }
}

/** The same for the client whose customers the bank's page shows a code to scan. */
async function askInApp() {
  if ($("client").value !== IN_APP) {
    $("client").value = IN_APP;
    chooseClient();
  }
  await askInBrowser();
}

/** Goes on where this page load is the way back from the bank. */
async function finishInBrowser() {
  try {
    const answer = finish(REDIRECT);
    if (!answer) {
      return;
    }
    $("client").value = answer.kept.client;
    chooseClient();
    $("secret").value = answer.kept.secret;
    document.querySelectorAll("[name=scope]").forEach((box) => {
      box.checked = answer.kept.scopes.includes(box.value);
    });
    showExchange({ method: "GET", path: sandboxPath("tpp"), incoming: "redirect", sent: shownAnswer(answer) });
    if (answer.error) {
      showState("failed", WORDS[answer.error] ?? answer.description);
      return;
    }
    setBusy(true);
    showTokens(await tppClient().redeem(answer, redirectUri), answer.kept.scopes);
  } catch (error) {
    showState("failed", inWords(error));
  } finally {
    setBusy(false);
  }
}

function shownAnswer({ code, error }) {
  return error ? { error } : { code: `${code.slice(0, 10)}…` };
}

const CANCELLED = "Cancelled: this page stopped waiting. The customer's phone shows the request until it expires.";

function start() {
  setBusy(true);
  $("wire").replaceChildren();
  $("tokens").hidden = true;
  showState("asking", "Asking the bank…");
  // Below the form on a narrow screen.
  $("state").scrollIntoView({ block: "nearest" });
}

function waiting(until, signal) {
  const how = TPPS[$("client").value].ping ? "until the bank pings" : "and polls";
  showState("waiting", `The customer has been asked. This page waits ${how}.`);
  $("left").hidden = false;
  countDown(until, signal, (left) => {
    $("time-left").textContent = minutesAndSeconds(left);
  });
}

function showState(state, text) {
  $("state").dataset.state = state;
  $("state-title").textContent = TITLES[state];
  $("state-text").textContent = text;
  $("left").hidden = true;
  $("phone-link").hidden = state !== "waiting";
}

const TITLES = {
  asking: "Asking",
  waiting: "Waiting for the customer",
  granted: "Granted",
  failed: "No access",
  cancelled: "Cancelled",
};

function setBusy(busy) {
  const focused = document.activeElement;
  $("ask").disabled = busy;
  $("ask-in-browser").disabled = busy;
  $("ask-in-app").disabled = busy;
  $("cancel").disabled = !busy;
  $("form-fields").disabled = busy;
  // A button that is disabled loses the keyboard's focus: the other one is what is pressed next.
  if (busy && focused === $("ask")) {
    $("cancel").focus();
  } else if (!busy && focused === $("cancel")) {
    $("ask").focus();
  }
}

function inWords(error) {
  // Keycloak names an unknown customer in the description alone.
  return WORDS[error.message] ?? WORDS[error.name] ?? error.message;
}

// Tokens

function showTokens(tokens, asked) {
  const granted = new Set(tokens.scope.split(" "));
  const all = asked.every((scope) => granted.has(scope));
  showState("granted", all ? "The customer allowed all of it." : "The customer allowed a part of it.");
  $("granted").replaceChildren(
    ...asked.map((scope) =>
      element(
        "li",
        { class: granted.has(scope) ? "yes" : "no" },
        element("code", {}, scope),
        element("span", { class: "tag" }, granted.has(scope) ? "granted" : "not granted"),
      ),
    ),
  );
  const carried = claims(tokens.access_token);
  $("claims").replaceChildren(...highlighted(carried));
  $("id-claims").replaceChildren(...highlighted(claims(tokens.id_token)));
  showPayment(tokens.access_token, grantedPayment(carried));
  showAccounts(tokens.access_token, readableAccounts(carried));
  $("tokens").hidden = false;
}

/** The claims as JSON, with what the customer granted marked. */
function highlighted(shown) {
  return JSON.stringify(shown, null, 2)
    .split(/^(.*"(?:scope|amount|creditorName|name|formatted|street_address|age_over_18|nationality)":.*)$/m)
    .map((text, index) => (index % 2 === 1 ? element("mark", {}, text) : text));
}

// The balances that the token is good for

let readable = { token: null, accounts: [] };

function showAccounts(token, accounts) {
  readable = { token, accounts };
  $("balances-box").hidden = accounts.length === 0;
  $("balances").replaceChildren();
  $("balances-text").textContent = "";
  if (accounts.length > 0) {
    readBalances();
  }
}

/** Shows what the bank says now: what it does not say any more goes. */
async function readBalances() {
  const asked = readable;
  $("read-balances").disabled = true;
  try {
    const rows = [];
    for (const account of asked.accounts) {
      const read = await balance(asked.token, account, showExchange);
      rows.push(element("div", {}, element("dt", {}, account), element("dd", {}, read)));
    }
    showBalances(asked, rows, "");
  } catch (error) {
    showBalances(asked, [], `The bank shows nothing. ${inWords(error)}`);
  }
}

/** Unless there are other tokens by now. */
function showBalances(asked, rows, text) {
  if (asked === readable) {
    $("balances").replaceChildren(...rows);
    $("balances-text").textContent = text;
    $("read-balances").disabled = false;
  }
}

// The payment that the token is good for

let payment = null;

function showPayment(token, granted) {
  payment = granted && { token, granted };
  $("pay-box").hidden = !payment;
  $("pay").disabled = false;
  $("pay-what").textContent = granted ? inBrief(granted) : "";
  $("paid").textContent = "";
}

async function payNow() {
  $("pay").disabled = true;
  try {
    const paid = await pay(payment.token, payment.granted, showExchange);
    $("paid").textContent = `The bank paid ${inBrief(paid)}. Paid again it is the same payment, ${paid.id}.`;
  } catch (error) {
    $("paid").textContent = inWords(error);
  } finally {
    $("pay").disabled = false;
  }
}

function claims(token) {
  const bytes = Uint8Array.from(atob(token.split(".")[1].replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

// What goes over the wire

function showExchange({ method, path, status, sent, received, incoming }) {
  const repeat = $("wire").lastElementChild;
  const signature = `${path} ${status} ${received?.error}`;
  if (received?.error === "authorization_pending" && repeat?.dataset.signature === signature) {
    const times = Number(repeat.dataset.times) + 1;
    repeat.dataset.times = times;
    repeat.querySelector(".times").textContent = `× ${times}`;
    return;
  }
  $("wire").append(
    element(
      "li",
      { "data-signature": signature, "data-times": "1" },
      element(
        "p",
        { class: "exchange" },
        element("strong", {}, incoming ? `← ${incoming} ` : "→ ", method),
        element("code", {}, path),
        element("span", { class: "times" }),
        status && element("span", { class: status < 400 ? "status" : "status failed" }, String(status)),
      ),
      fields(sent, "sent"),
      received && fields(received, "received"),
    ),
  );
}

function fields(values, what) {
  return element(
    "dl",
    { class: what, "aria-label": what },
    Object.entries(values).map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]),
  );
}

// The form

function checkedScopes() {
  return [...document.querySelectorAll("[name=scope]:checked")].map((box) => box.value);
}

function chooseClient() {
  const tpp = TPPS[$("client").value];
  $("secret").value = `${$("client").value}-secret`;
  $("message").value = tpp.message;
  document.querySelectorAll("[name=scope]").forEach((box) => {
    box.checked = tpp.asked.includes(box.value);
    box.closest("label").hidden = !tpp.offered.includes(box.value);
  });
  $("payment").hidden = !tpp.pays;
  $("mode").textContent = tpp.ping ? "ping mode: the bank says when to fetch the tokens" : "poll mode: the TPP asks again and again";
}

$("client").addEventListener("change", chooseClient);
$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
$("ask-in-browser").addEventListener("click", askInBrowser);
$("ask-in-app").addEventListener("click", askInApp);
$("balances-asked").addEventListener("change", () => choose("balances-asked", "payment-asked"));
$("payment-asked").addEventListener("change", () => choose("payment-asked", "balances-asked"));
$("read-balances").addEventListener("click", readBalances);
$("pay").addEventListener("click", payNow);
$("cancel").addEventListener("click", () => current.abort());
chooseClient();
setBusy(false);
finishInBrowser();

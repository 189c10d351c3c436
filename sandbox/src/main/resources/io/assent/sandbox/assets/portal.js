// The sandbox's first page: clients, customers and scripts for a TPP's tests, with the phone and the TPP beside them.

import { element } from "./elements.js";
import { CLIENT_KINDS, credentials, registerClient, sendsTheBrowser } from "./new-client.js";
import { Problem, reach } from "./problem.js";
import { sandboxPath } from "./realm.js";
import { language, say, speak } from "./words.js";

const $ = (id) => document.getElementById(id);

const KINDS = ["good", "slow", "down", "dead", "phoneless", "german", "locked"];

const EVENT_KINDS = ["card-payment", "direct-debit", "salary", "account-closed"];

const EXAMPLE = `{"rules": [
  {"bindingMessage": "part",
   "action": "allow", "after": 2,
   "scope": "accounts.balances"},
  {"bindingMessage": "no",
   "action": "deny"}
]}`;

const NO_RULES = '{"rules": []}';

async function makeClient() {
  $("credentials").replaceChildren();
  const client = await registerClient({
    kind: $("client-kind").value,
    name: $("client-name").value,
    redirectUri: $("redirect-uri").value,
    notificationEndpoint: $("notification-endpoint").value,
    offlineAccess: $("offline-access").checked,
  });
  $("credentials").replaceChildren(...credentials(client));
  // the tools below go on with it; by a key they can't
  if (client.secret) {
    $("client").value = client.clientId;
    $("secret").value = client.secret;
  }
  return say("portal.registered");
}

/** A field that a kind has not is not there, and so is not asked for. */
function showFields() {
  const kind = $("client-kind").value;
  for (const [id, shown] of [
    ["redirect-uri", sendsTheBrowser(kind)],
    ["notification-endpoint", kind === "ping"],
  ]) {
    $(id).disabled = !shown;
    $(id).parentElement.hidden = !shown;
  }
}

async function makeCustomers() {
  const { customers } = await post("customers", {
    seed: $("seed").value,
    count: $("count").value,
    kind: $("kind").value,
  });
  $("made").replaceChildren(
    ...customers.map((customer) =>
      element("li", {}, element("code", {}, customer.username), element("code", { class: "quiet" }, customer.accounts[0].iban)),
    ),
  );
  return say("portal.made", { count: customers.length });
}

async function tellEvent() {
  const { kind, amount, counterparty } = await post("events", {
    customer: $("event-customer").value,
    kind: $("event-kind").value,
  });
  return say(kind === "account-closed" ? "portal.closed" : "portal.happened", { amount, counterparty });
}

async function saveScript(script) {
  const { rules } = await post("script", { script });
  return say(rules.length === 0 ? "portal.no-rules" : "portal.saved", { count: rules.length, client: $("client").value });
}

/** As often as it takes: a call forgets a part, so that none takes long. */
async function startOver() {
  if (!confirm(say("portal.start-over-sure"))) {
    return "";
  }
  const sums = { consents: 0, requests: 0, blocks: 0, scripts: 0, events: 0, customers: 0, clients: 0 };
  for (let done = false; !done; ) {
    const part = await post("start-over", {});
    for (const what of Object.keys(sums)) {
      sums[what] += part[what];
    }
    done = part.done;
  }
  if (sums.customers > 0) {
    $("made").replaceChildren();
  }
  return say("portal.started-over", sums);
}

/** As the client: its id and secret are encoded as RFC 6749 has it (section 2.3.1). */
async function post(path, fields) {
  const credentials = [$("client").value, $("secret").value].map(encodeURIComponent).join(":");
  const response = await reach(sandboxPath(path), {
    method: "POST",
    headers: { Authorization: `Basic ${btoa(credentials)}` },
    body: new URLSearchParams(fields),
  });
  if (!response.ok) {
    throw await Problem.from(response);
  }
  return response.json();
}

/** Does it, and says what came of it. */
async function tell(place, action) {
  place.textContent = "";
  let state = "done";
  let words;
  try {
    words = await action();
  } catch (error) {
    state = "failed";
    words = ["invalid_client", "unauthorized_client"].includes(error.name) ? say("portal.wrong-client") : error.message;
  }
  place.dataset.state = state;
  place.textContent = words;
}

speak($("language"));
document.title = say("portal.title");
$("kind").append(...KINDS.map((kind) => element("option", { value: kind }, say(`portal.kind.${kind}`))));
$("event-kind").append(...EVENT_KINDS.map((kind) => element("option", { value: kind }, say(`portal.event-kind.${kind}`))));
$("client-kind").append(...CLIENT_KINDS.map((kind) => element("option", { value: kind }, say(`portal.client-kind.${kind}`))));
showFields();
$("client-kind").addEventListener("change", showFields);
$("rules").value = EXAMPLE;
$("registration").addEventListener("submit", (event) => {
  event.preventDefault();
  tell($("registration-state"), makeClient);
});
$("customers").addEventListener("submit", (event) => {
  event.preventDefault();
  tell($("customers-state"), makeCustomers);
});
$("events").addEventListener("submit", (event) => {
  event.preventDefault();
  tell($("events-state"), tellEvent);
});
$("script").addEventListener("submit", (event) => {
  event.preventDefault();
  tell($("script-state"), () => saveScript($("rules").value));
});
$("no-script").addEventListener("click", () => tell($("script-state"), () => saveScript(NO_RULES)));
$("start-over").addEventListener("submit", (event) => {
  event.preventDefault();
  tell($("start-over-state"), startOver);
});
// a narrow page has links to them alone, and loads none
if (matchMedia("(min-width: 75rem)").matches) {
  for (const frame of document.querySelectorAll("iframe")) {
    frame.title = say(frame.dataset.sayTitle);
    frame.src = `${frame.dataset.source}?lang=${language}`;
  }
}

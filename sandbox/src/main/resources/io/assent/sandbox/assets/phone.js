// A phone with the bank's app: logs in, registers itself for pushes, shows requests and answers them, and shows what
// stands and takes it back.

import { keepLink, secretOf, takeLink } from "./app-link.js";
import { BankApi } from "./bank-api.js";
import { countDown } from "./clock.js";
import * as consentView from "./consent-view.js";
import { detailForm } from "./detail-view.js";
import { device } from "./device.js";
import { element, logo } from "./elements.js";
import { listen } from "./event-stream.js";
import { finger } from "./finger.js";
import { numberField, origin } from "./link-view.js";
import { act, customer, finishLogin, logIn, logOut } from "./login.js";
import { partnerForm, partnerItem, savings } from "./partner-view.js";
import { Problem } from "./problem.js";
import { realm, sandboxPath } from "./realm.js";
import * as view from "./request-view.js";
import { canScan, scan } from "./scanner.js";
import { canBeSigned, needsFinger, signedConfirmation, signedDecision } from "./signed-decision.js";
import { day, language, recently, say, sayProblem, speak } from "./words.js";

const $ = (id) => document.getElementById(id);
const api = new BankApi(language, showCall);

/** What ends with the login: the push stream. */
let loggedIn = new AbortController();
/** What ends when another screen is shown: its timer. */
let screen = new AbortController();
let openRequestId = null;
/** The field for the number of the request that is shown. */
let number = numberField(null);
/** Whether the last login was too old or too weak, so that the next one can't be the same. */
let loginAfresh = false;
/** What the lists on the home screen show, so that they are not rebuilt under somebody's fingers for nothing. */
let listed = "";

// Screens

function show(name) {
  screen.abort();
  screen = new AbortController();
  openRequestId = null;
  for (const section of document.querySelectorAll("[data-screen]")) {
    section.hidden = section.dataset.screen !== name;
  }
  clearError();
  $("app").scrollTop = 0;
}

function showLogin() {
  loggedIn.abort();
  closeLockScreen();
  show("login");
  forgetLists();
  $("connection").textContent = "";
  $("log-in").focus();
}

async function showHome() {
  show("home");
  $("home-title").focus();
  await refreshHome();
}

async function refreshHome() {
  const companies = await api.consents();
  const recent = await api.recentRequests();
  const pending = await api.pendingRequests();
  const answered = recent.filter((request) => request.status !== "pending").slice(0, 8);
  const partners = await api.partners();
  const seen = partners.length > 0 ? await savings() : new Map();
  const now = JSON.stringify([pending, companies, answered, partners, [...seen]]);
  if (now !== listed) {
    listed = now;
    showLists(pending, companies, answered, partners, seen);
  }
}

function showLists(pending, companies, answered, partners = [], seen = new Map()) {
  const focused = document.activeElement?.dataset.item;
  $("pending").replaceChildren(...pending.map(requestItem));
  $("nothing-pending").hidden = pending.length > 0;
  $("companies").replaceChildren(...companies.map(companyItem));
  $("no-companies").hidden = companies.length > 0;
  $("partners").replaceChildren(
    ...partners.map((partner) => partnerItem(partner, seen.get(partner.id), () => attempt(() => endPartner(partner)))),
  );
  $("partners-section").hidden = partners.length === 0;
  $("history").replaceChildren(...answered.map(requestItem));
  $("history-section").hidden = answered.length === 0;
  if (focused) {
    document.querySelector(`.items [data-item="${CSS.escape(focused)}"]`)?.focus();
  }
}

/** The next customer on this page does not see them, not for a moment. */
function forgetLists() {
  listed = "";
  showLists([], [], []);
}

function requestItem(request) {
  const when = new Date(request.decision?.decidedAt ?? request.createdAt);
  return item({
    id: request.id,
    name: view.clientName(request),
    logoUri: request.client.logoUri,
    detail: recently(when),
    tag: element("span", { class: `tag ${request.status}` }, say(`tag.${view.isPart(request) ? "part" : request.status}`)),
    open: () => showRequest(request.id),
  });
}

function companyItem(consent) {
  return item({
    id: consent.id,
    name: consentView.companyName(consent),
    logoUri: consent.client?.logoUri,
    detail: `${say("consent.since")} ${day(consent.grantedAt)}`,
    tag: consent.status === "suspended" && element("span", { class: "tag" }, say("tag.suspended")),
    open: () => showConsent(consent.id),
  });
}

function item({ id, name, logoUri, detail, tag, open }) {
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: "item", "data-item": id, onclick: () => attempt(open) },
      logo(name, logoUri),
      element("span", {}, element("strong", {}, name), element("span", { class: "quiet" }, detail)),
      tag,
    ),
  );
}

async function endPartner({ id, name }) {
  await api.endPartner(id);
  await refreshHome();
  announce(say("partner.ended", { name }));
}

async function showRequest(id) {
  await present(await api.request(id));
}

async function present(request) {
  const { id } = request;
  closeLockScreen();
  if (request.status !== "pending") {
    showOutcome(request);
    return;
  }
  const offer = await api.partnerOffer(request.client.clientId);
  show("request");
  openRequestId = id;
  const otherWay = partnerForm(offer);
  const permissions = view.permissionForm(request);
  const details = detailForm(request, () => attempt(() => showRequest(id)));
  number = numberField(request.link);
  const timer = view.timer(request);
  $("request-body").replaceChildren(
    view.asker(request),
    timer.view,
    ...[view.bindingMessage(request), request.link && origin(request.link)].filter(Boolean),
    details.view,
    element("p", { class: "quiet rule" }, view.rule(request)),
    permissions.view,
    ...[otherWay.view, number.view].filter(Boolean),
    ...(needsFinger(request) ? [element("p", { class: "quiet needs-finger" }, say("request.finger"))] : []),
  );
  const checkSelection = () => {
    const none = permissions.selection()?.length === 0;
    const missing = none ? "request.nothing-selected" : details.isOpen() ? "request.no-account" : "request.no-number";
    $("approve").disabled = none || details.isOpen() || number.isOpen();
    $("nothing-selected").hidden = !$("approve").disabled;
    $("nothing-selected").textContent = say(missing);
  };
  permissions.onChange(checkSelection);
  details.onChange(checkSelection);
  number.onChange(checkSelection);
  setAnswering(false);
  checkSelection();
  $("approve").onclick = async () => {
    if (!needsFinger(request) || (await finger(view.gist(request), screen.signal, settle))) {
      await answer(async () => {
        await approve(request, permissions.selection(), details.granted());
        await goToPartner(request, otherWay.chosen());
      }, checkSelection);
    }
  };
  $("deny").onclick = () => answer(async () => showOutcome(await api.deny(id)), checkSelection);
  $("report").hidden = view.amends(request);
  $("report").onclick = () => answer(async () => showOutcome(await api.report(id)), checkSelection);
  countDown(Date.parse(request.expiresAt), screen.signal, (left) => {
    timer.show(left);
    if (left === 0) {
      showOutcome({ ...request, status: "expired" });
    }
  });
  $("request-title").focus();
}

/** Signs the customer's yes, and sends it. */
async function approve(request, grantedScopes, grantedDetails) {
  const signature = canBeSigned(request) ? await sign(request, grantedScopes, grantedDetails) : null;
  const decided = await api.approve(request.id, { grantedScopes, grantedDetails, signature, number: number.value() });
  // accounts have their names where the request is read
  const named = decided.decision.details.some(({ accounts }) => accounts?.length > 0);
  showOutcome(named ? await api.request(request.id) : decided, needsFinger(request));
}

/** Where the customer allows the bank what was ticked. */
async function goToPartner(request, scopes) {
  if (scopes.length > 0) {
    const { action } = await api.choosePartner(request.client.clientId, scopes);
    await act(language, action);
  }
}

async function sign(request, scopes, details) {
  return signedDecision(await thisDevice(), customer(), request, scopes ?? view.scopesOf(request), details ?? []);
}

/** @param afterwards what is to be done where the customer still looks at the same */
async function answer(decide, afterwards) {
  const before = screen;
  setAnswering(true);
  await attempt(decide);
  if (screen === before) {
    setAnswering(false);
    afterwards();
  }
}

function setAnswering(busy) {
  $("approve").disabled = busy;
  $("deny").disabled = busy;
  $("report").disabled = busy;
}

function showOutcome(request, signed = false) {
  show("outcome");
  $("outcome-body").replaceChildren(view.outcome(request, signed));
  $("request-title").focus();
}

async function showConsent(id) {
  const consent = await api.consent(id);
  closeLockScreen();
  if (consent.endedAt) {
    await showHome();
    return;
  }
  const keepsAnother = await hasAnother(consent);
  show("consent");
  const name = consentView.companyName(consent);
  $("consent-body").replaceChildren(...consentView.company(consent));
  $("confirm").hidden = !consentView.canBeConfirmed(consent);
  $("confirm").onclick = async () => {
    if (!needsFinger(consent) || (await finger([name], screen.signal, settle))) {
      await attempt(async () => {
        await api.confirm(id, await confirmationSignature(consent));
        await showHome();
        announce(say("consent.confirmed", { name }));
      });
    }
  };
  $("take-back").onclick = () => {
    $("question-title").textContent = say(keepsAnother ? "consent.ask-one" : "consent.ask", { name });
    $("question").returnValue = "";
    $("question").showModal();
  };
  $("question").onclose = () =>
    $("question").returnValue === "take-back" &&
    attempt(async () => {
      await api.takeBack(id);
      // so that the list behind does not show it any more, not for a moment
      await refreshHome();
      showTakenBack(name, keepsAnother);
    });
  $("consent-title").focus();
}

/** Only where the bank wants one: its challenge is good for a short time, and this screen may be open for long. */
const confirmationSignature = async (consent) =>
  consent.signatureRequired === "none" ? null : signedConfirmation(await thisDevice(), customer(), consent);

/** Whether the company has another access, which does not end with this one. */
const hasAnother = async ({ id, client }) =>
  (await api.consents()).some((other) => other.id !== id && client && other.client?.clientId === client.clientId);

function showTakenBack(name, keepsAnother) {
  show("outcome");
  $("outcome-body").replaceChildren(
    element(
      "div",
      { class: "outcome ended" },
      element("p", { class: "mark", "aria-hidden": "true" }, "✓"),
      element("h2", { id: "request-title", tabindex: "-1" }, say(keepsAnother ? "consent.one-taken-back" : "consent.taken-back", { name })),
    ),
  );
  $("request-title").focus();
}

// Codes that a page in a browser shows

async function showScan() {
  show("scan");
  $("link").value = "";
  $("camera").hidden = true;
  $("use-camera").hidden = !(await canScan());
  $("scan-title").focus();
}

async function useCamera() {
  const { signal } = screen;
  $("use-camera").hidden = true;
  $("camera").hidden = false;
  try {
    const text = await scan($("camera"), signal);
    if (text) {
      await openLink(text);
    }
  } finally {
    if (!signal.aborted) {
      await showScanAgain();
    }
  }
}

/** The camera is off, and can be turned on again. */
async function showScanAgain() {
  $("camera").hidden = true;
  $("use-camera").hidden = !(await canScan());
}

/** The link that this page was opened with, if there is one. */
async function openKeptLink() {
  const link = takeLink();
  if (link) {
    await openLink(link);
  }
}

/** Claims what a link stands for, and asks the customer. */
async function openLink(text) {
  const secret = secretOf(text);
  if (!secret) {
    throw new Problem("no-link", 0, "This is no code of your bank.");
  }
  try {
    await present(await api.claim(secret));
  } catch (problem) {
    // what is not there is a link here, which a page renews
    throw problem.name === "not-found" ? new Problem("link-gone", problem.status, problem.message) : problem;
  }
}

// The lock screen, where pushes arrive

/** What a push is about, by its type. */
const OPENS = {
  "consent-requested": (push) => showRequest(push.requestId),
  "confirmation-due": (push) => showConsent(push.consentId),
};

function showPush(push) {
  announce(`${push.title}. ${push.body}`);
  const id = push.requestId ?? push.consentId;
  const card = element(
    "button",
    {
      type: "button",
      class: "notification",
      "data-item": id,
      onclick: () => attempt(() => OPENS[push.type](push)).finally(closeLockScreen),
    },
    element("span", { class: "app-icon", "aria-hidden": "true" }, "B"),
    element("span", {}, element("strong", {}, push.title), element("span", {}, push.body)),
    element("span", { class: "quiet" }, say("now")),
  );
  // A repeat replaces the notification.
  $("notifications").querySelector(`[data-item="${CSS.escape(id)}"]`)?.remove();
  $("notifications").prepend(card);
  // Whoever is reading a request is not interrupted by the whole lock screen.
  $("lock").classList.toggle("heads-up", openRequestId !== null);
  $("lock").hidden = false;
  settle();
  showTime();
  if (openRequestId === null) {
    card.focus();
  }
}

function closeLockScreen() {
  $("lock").hidden = true;
  settle();
  $("notifications").replaceChildren();
}

/** What lies under something else is not reached by keyboard. */
function settle() {
  $("app").inert = !$("finger").hidden || (!$("lock").hidden && openRequestId === null);
}

function announce(text) {
  $("announcement").textContent = text;
}

function showTime() {
  const now = new Date();
  const time = now.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  $("status-time").textContent = time;
  $("lock-time").textContent = time;
  $("lock-date").textContent = now.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });
}

// This device

const thisDevice = () => device(`${realm} ${customer().sub}`);

async function start() {
  const who = customer();
  const phone = await thisDevice();
  const name = who.given_name ?? who.preferred_username ?? say("home.customer");
  $("home-title").textContent = say("home.hello", { name });
  loggedIn = new AbortController();
  await showHomeAfter(() =>
    api.registerDevice(
      { platform: "sandbox", pushToken: phone.pushToken, label: "Phone page", locale: language },
      phone,
    ),
  );
  await attempt(openKeptLink);
  listen(sandboxPath("pushes"), { pushToken: phone.pushToken }, {
    signal: loggedIn.signal,
    onOpen: () => {
      $("connection").textContent = say("connected");
      catchUp();
    },
    onLost: () => {
      $("connection").textContent = say("reconnecting");
    },
    onEvent: (name, push) => {
      if (name === "device-proof" && push.deviceId === phone.id) {
        attempt(() => api.proveDevice(phone.id, push.nonce));
      } else if (Object.hasOwn(OPENS, name)) {
        showPush(push);
        catchUp();
      }
    },
  });
}

async function showHomeAfter(register) {
  show("home");
  await register();
  await showHome();
}

/** Looks for what came while nobody listened; only where the list is what is shown. */
function catchUp() {
  if (customer() && !document.querySelector("[data-screen=home]").hidden) {
    attempt(refreshHome);
  }
}

async function leave() {
  await api.removeDevice((await thisDevice()).id);
  await logOut();
  showLogin();
  announce(say("logged-out"));
}

// Errors

/** Does something, and says in words why it did not work. */
async function attempt(action) {
  try {
    clearError();
    await action();
  } catch (problem) {
    if (problem.name === "login-expired") {
      showLogin();
    } else if (problem.name === "insufficient-user-authentication") {
      loginAfresh = true;
      showLogin();
    } else if (["expired", "already-decided", "not-found", "consent-ended"].includes(problem.name)) {
      await showHome().catch(() => {});
    } else if (["invalid-selection", "content-changed"].includes(problem.name) && openRequestId) {
      // what can be chosen, or what is shown, is not what it was
      await showRequest(openRequestId).catch(() => {});
    } else if (problem.name === "wrong-number" && openRequestId) {
      // after the last try it is over
      await (problem.triesLeft > 0 ? number.focus() : showRequest(openRequestId).catch(() => {}));
    }
    $("error").textContent = sayProblem(problem);
    $("error").hidden = false;
  }
}

function clearError() {
  $("error").hidden = true;
  $("error").textContent = "";
}

// What the app says to the server, beside the phone

function showCall(method, path, status) {
  const short = path
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `…${id.slice(-8)}`)
    .replace(/^(links\/....).*/, "$1…");
  $("calls").prepend(
    element(
      "li",
      {},
      element("code", {}, `${method} ${short}`),
      element("span", { class: status < 400 ? "status" : "status failed" }, String(status)),
    ),
  );
  [...$("calls").children].slice(8).forEach((old) => old.remove());
}

speak($("language"));
$("log-in").addEventListener("click", () => attempt(() => logIn(language, loginAfresh)));
$("log-out").addEventListener("click", () => attempt(leave));
$("scan").addEventListener("click", () => attempt(showScan));
$("use-camera").addEventListener("click", () => attempt(useCamera));
$("link-form").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => openLink($("link").value));
});
for (const button of document.querySelectorAll("[data-go=home]")) {
  button.addEventListener("click", () => attempt(showHome));
}
$("dismiss").addEventListener("click", () => {
  closeLockScreen();
  catchUp();
});
addEventListener("hashchange", () => {
  keepLink();
  if (customer()) {
    attempt(openKeptLink);
  }
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && catchUp());
document.addEventListener("keydown", (event) => event.key === "Escape" && !$("lock").hidden && $("dismiss").click());
keepLink();
showTime();
setInterval(showTime, 10_000);

await attempt(finishLogin);
if (customer()) {
  await attempt(start);
} else {
  const problem = $("error").textContent;
  show("login");
  $("error").textContent = problem;
  $("error").hidden = problem === "";
}

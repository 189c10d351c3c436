// A phone with the bank's app: logs in, registers itself for pushes, shows requests, and answers them.

import { BankApi } from "./bank-api.js";
import { countDown } from "./clock.js";
import { random } from "./code-flow.js";
import { element, logo } from "./elements.js";
import { listen } from "./event-stream.js";
import { customer, finishLogin, logIn, logOut } from "./login.js";
import { realm, sandboxPath } from "./realm.js";
import * as view from "./request-view.js";

const $ = (id) => document.getElementById(id);
/** What ?lang= asks for, or null for the browser's; the login takes the query away for a while. */
const language = () => new URLSearchParams(location.search).get("lang");
const api = new BankApi(language, showCall);

/** What ends with the login: the push stream. */
let loggedIn = new AbortController();
/** What ends when another screen is shown: its timer. */
let screen = new AbortController();
let openRequestId = null;
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
  const recent = await api.recentRequests();
  const pending = await api.pendingRequests();
  const answered = recent.filter((request) => request.status !== "pending").slice(0, 8);
  const now = JSON.stringify([pending, answered]);
  if (now !== listed) {
    listed = now;
    showLists(pending, answered);
  }
}

function showLists(pending, answered) {
  const focused = document.activeElement?.dataset.request;
  $("pending").replaceChildren(...pending.map(requestItem));
  $("nothing-pending").hidden = pending.length > 0;
  $("history").replaceChildren(...answered.map(requestItem));
  $("history-section").hidden = answered.length === 0;
  if (focused) {
    document.querySelector(`.items [data-request="${CSS.escape(focused)}"]`)?.focus();
  }
}

/** The next customer on this page does not see them, not for a moment. */
function forgetLists() {
  listed = "";
  showLists([], []);
}

function requestItem(request) {
  const when = new Date(request.decision?.decidedAt ?? request.createdAt);
  return element(
    "li",
    {},
    element(
      "button",
      {
        type: "button",
        class: "request-item",
        "data-request": request.id,
        onclick: () => attempt(() => showRequest(request.id)),
      },
      logo(view.clientName(request), request.client.logoUri),
      element(
        "span",
        {},
        element("strong", {}, view.clientName(request)),
        element("span", { class: "quiet" }, dayAndTime(when)),
      ),
      element("span", { class: `tag ${request.status}` }, STATUS[request.status] ?? request.status),
    ),
  );
}

function dayAndTime(when) {
  const time = when.toLocaleTimeString([], { timeStyle: "short" });
  const today = when.toDateString() === new Date().toDateString();
  return today ? `Today, ${time}` : `${when.toLocaleDateString([], { dateStyle: "medium" })}, ${time}`;
}

const STATUS = { pending: "answer now", approved: "allowed", denied: "denied", expired: "expired" };

async function showRequest(id) {
  const request = await api.request(id);
  closeLockScreen();
  if (request.status !== "pending") {
    showOutcome(request);
    return;
  }
  show("request");
  openRequestId = id;
  const permissions = view.permissionForm(request);
  const timer = view.timer(request);
  $("request-body").replaceChildren(
    view.asker(request),
    timer.view,
    ...[view.bindingMessage(request)].filter(Boolean),
    element("p", { class: "quiet rule" }, view.rule(request)),
    permissions.view,
  );
  const noneSelected = () => {
    const none = permissions.selection()?.length === 0;
    $("approve").disabled = none;
    $("nothing-selected").hidden = !none;
  };
  permissions.onChange(noneSelected);
  setAnswering(false);
  noneSelected();
  $("approve").onclick = () => answer(() => api.approve(id, permissions.selection()), noneSelected);
  $("deny").onclick = () => answer(() => api.deny(id), noneSelected);
  countDown(Date.parse(request.expiresAt), screen.signal, (left) => {
    timer.show(left);
    if (left === 0) {
      showOutcome({ ...request, status: "expired" });
    }
  });
  $("request-title").focus();
}

async function answer(decide, afterwards) {
  setAnswering(true);
  await attempt(async () => showOutcome(await decide()));
  setAnswering(false);
  afterwards();
}

function setAnswering(busy) {
  $("approve").disabled = busy;
  $("deny").disabled = busy;
}

function showOutcome(request) {
  show("outcome");
  $("outcome-body").replaceChildren(view.outcome(request));
  $("request-title").focus();
}

// The lock screen, where pushes arrive

function showPush(push) {
  announce(`${push.title}. ${push.body}`);
  const card = element(
    "button",
    {
      type: "button",
      class: "notification",
      "data-request": push.requestId,
      onclick: () => attempt(() => showRequest(push.requestId)).finally(closeLockScreen),
    },
    element("span", { class: "app-icon", "aria-hidden": "true" }, "B"),
    element("span", {}, element("strong", {}, push.title), element("span", {}, push.body)),
    element("span", { class: "quiet" }, "now"),
  );
  // A repeat replaces the notification.
  $("notifications").querySelector(`[data-request="${CSS.escape(push.requestId)}"]`)?.remove();
  $("notifications").prepend(card);
  // Whoever is reading a request is not interrupted by the whole lock screen.
  $("lock").classList.toggle("heads-up", openRequestId !== null);
  $("lock").hidden = false;
  $("app").inert = openRequestId === null;
  showTime();
  if (openRequestId === null) {
    card.focus();
  }
}

function closeLockScreen() {
  $("lock").hidden = true;
  $("app").inert = false;
  $("notifications").replaceChildren();
}

function announce(text) {
  $("announcement").textContent = text;
}

function showTime() {
  const now = new Date();
  const time = now.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  $("status-time").textContent = time;
  $("lock-time").textContent = time;
  $("lock-date").textContent = now.toLocaleDateString("en", { weekday: "long", day: "numeric", month: "long" });
}

// This device

/** This browser as a device of the customer: chosen once, then kept, as an installed app does. */
function device(subject) {
  const key = `assent.sandbox.device.${realm}.${subject}`;
  const kept = JSON.parse(localStorage.getItem(key) ?? "null");
  const made = kept ?? { deviceId: crypto.randomUUID(), pushToken: random() };
  localStorage.setItem(key, JSON.stringify(made));
  return made;
}

async function start() {
  const who = customer();
  const { deviceId, pushToken } = device(who.sub);
  $("home-title").textContent = `Hello, ${who.given_name ?? who.preferred_username ?? "customer"}`;
  loggedIn = new AbortController();
  await showHomeAfter(() =>
    api.registerDevice(deviceId, {
      platform: "sandbox",
      pushToken,
      label: "Phone page",
      locale: language() ?? navigator.language,
    }),
  );
  listen(sandboxPath("pushes"), { pushToken }, {
    signal: loggedIn.signal,
    onOpen: () => {
      $("connection").textContent = "Connected";
      catchUp();
    },
    onLost: () => {
      $("connection").textContent = "Reconnecting…";
    },
    onEvent: (name, push) => {
      if (name === "consent-requested") {
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
  const { deviceId } = device(customer().sub);
  await api.removeDevice(deviceId);
  await logOut();
  showLogin();
  announce("You are logged out.");
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
    } else if (["expired", "already-decided", "not-found"].includes(problem.name)) {
      await showHome().catch(() => {});
    }
    $("error").textContent = problem.message;
    $("error").hidden = false;
  }
}

function clearError() {
  $("error").hidden = true;
  $("error").textContent = "";
}

// What the app says to the server, beside the phone

function showCall(method, path, status) {
  const short = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, (id) => `${id.slice(0, 8)}…`);
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

$("log-in").addEventListener("click", () => attempt(() => logIn(language())));
$("log-out").addEventListener("click", () => attempt(leave));
$("back").addEventListener("click", () => attempt(showHome));
$("done").addEventListener("click", () => attempt(showHome));
$("dismiss").addEventListener("click", () => {
  closeLockScreen();
  catchUp();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && catchUp());
document.addEventListener("keydown", (event) => event.key === "Escape" && !$("lock").hidden && $("dismiss").click());
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

// Waits for the customer's app: asks the server how the login stands, which answers when that changes, and goes on by the
// form. What the server says here is shown and not believed: the form's answer is. Without this script the page looks
// again by itself.

const form = document.querySelector(".consent-form");
const page = form.querySelector("[data-consent-state]");
const part = (name) => form.querySelector(`[data-consent-part=${name}]`);
const status = form.querySelector("[data-consent-status]");
const time = form.querySelector("[data-consent-time]");
// Not there once the app was asked: it was told until when.
const more = form.querySelector("[data-consent-more]");

const SECOND = 1000;
// So long does the server hold a question, and some more.
const PATIENCE = 40 * SECOND;
const SOON = 60;
// So long does it try again by itself, before the customer is offered to have the whole page look.
const PATIENCE_IN_VAIN = 20 * SECOND;

let state = page.dataset.consentState;
let ends = Date.now() + Number(page.dataset.consentSeconds) * SECOND;
let toldSoon = false;
let inVainSince = null;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * SECOND));

function say(what) {
  const text = status.dataset[`consent${what}`];
  if (status.textContent !== text) {
    status.textContent = text;
  }
}

function showTime() {
  const left = Math.max(0, (ends - Date.now()) / SECOND);
  const minutes = Math.ceil(left / 60).toLocaleString(document.documentElement.lang);
  const text = time.dataset.consentTime.replace("{0}", minutes);
  if (time.textContent !== text) {
    time.textContent = text;
  }
  if (left > SOON) {
    toldSoon = false;
  } else if (!toldSoon && left > 0) {
    toldSoon = true;
    if (more && !more.hidden) {
      say("Soon");
    }
  }
}

// The link that a phone can claim is another one every now and then.
function renew({ link, qr }) {
  if (link) {
    page.dataset.consentLink = link;
    form.querySelectorAll("[data-consent-href]").forEach((it) => (it.href = link));
    form.querySelectorAll("[data-consent-url]").forEach((it) => (it.value = link));
  }
  const old = form.querySelector("[data-consent-qr] > svg");
  if (qr && old) {
    const fresh = new DOMParser().parseFromString(qr, "image/svg+xml").documentElement;
    const title = fresh.querySelector("title");
    if (title) {
      title.textContent = old.querySelector("title").textContent;
    }
    old.replaceWith(document.importNode(fresh, true));
  }
}

function claimed() {
  part("open").hidden = true;
  part("claimed").hidden = false;
  if (more) {
    more.hidden = true;
  }
  page.dataset.consentState = "claimed";
  delete page.dataset.consentLink;
  say("Claimed");
}

function stop() {
  say("Stopped");
  status.classList.add("consent-link-stopped");
  part("look").hidden = false;
}

function inVain() {
  inVainSince ??= Date.now();
  part("look").hidden = Date.now() - inVainSince < PATIENCE_IN_VAIN;
}

function answered() {
  inVainSince = null;
  part("look").hidden = true;
}

// On a phone, the app brings the customer back to a page of its own, while this one is out of sight.
function seen() {
  return document.hidden
    ? new Promise((resolve) => document.addEventListener("visibilitychange", resolve, { once: true })).then(seen)
    : Promise.resolve();
}

async function goOn() {
  await seen();
  say("Going");
  form.requestSubmit(form.querySelector("[data-consent-look]"));
}

async function ask() {
  const response = await fetch(page.dataset.consentWaits, {
    method: "POST",
    headers: {
      "Assent-Watch": page.dataset.consentWatch,
      "Assent-State": state,
      ...(page.dataset.consentLink && { "Assent-Link": page.dataset.consentLink }),
    },
    signal: AbortSignal.timeout(PATIENCE),
  });
  if (response.status === 404) {
    return null;
  }
  if (!response.ok) {
    inVain();
    await pause(Number(response.headers.get("Retry-After")) || 3);
    return { state };
  }
  const answer = await response.json();
  answered();
  return answer;
}

async function wait() {
  for (;;) {
    const asked = Date.now();
    let answer;
    try {
      answer = await ask();
    } catch {
      say("Offline");
      inVain();
      await pause(3);
      continue;
    }
    if (answer === null) {
      stop();
      return;
    }
    if (answer.secondsLeft !== undefined) {
      ends = Date.now() + answer.secondsLeft * SECOND;
      showTime();
    }
    renew(answer);
    if (answer.state !== "open" && answer.state !== "claimed") {
      await goOn();
      return;
    }
    if (answer.state === "claimed" && state === "open") {
      claimed();
    } else if (status.textContent === status.dataset.consentOffline) {
      say(answer.state === "claimed" ? "Claimed" : "Waiting");
    }
    state = answer.state;
    // a server that holds no more questions answers at once
    if (Date.now() - asked < SECOND) {
      await pause(1);
    }
  }
}

function offerCopy() {
  const button = form.querySelector("[data-consent-copy]");
  const field = form.querySelector("[data-consent-url]");
  if (button && field && navigator.clipboard) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.consentCopy;
    });
  }
}

// Brought back by the browser, it may be another one's turn: it looks.
window.addEventListener("pageshow", (event) => event.persisted && goOn());
part("look").hidden = true;
offerCopy();
setInterval(showTime, 5 * SECOND);
wait();

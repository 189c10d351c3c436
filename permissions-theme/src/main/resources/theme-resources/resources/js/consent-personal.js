// Gives customers a token for themselves: the code flow with PKCE (RFC 7636) of a public client, whose only page this is.
// The token is shown, and kept nowhere.

const page = document.querySelector("[data-personal]");
const part = (name) => page.querySelector(`[data-personal-part=${name}]`);
const find = (name) => page.querySelector(`[data-personal-${name}]`);
const { client, scope, address, authorization, token: tokens } = page.dataset;

/** What the login began with, until it comes back. */
const STARTED = "assent.personal";

/** The server's parameter. */
const LANGUAGE = "kc_locale";

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const sha256 = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

/** Shows these parts, and no other. */
function show(...names) {
  page.querySelectorAll("[data-personal-part]").forEach((it) => (it.hidden = !names.includes(it.dataset.personalPart)));
}

/** Says what is wrong, and offers to begin again. */
function fail(trouble) {
  show(trouble, "ask");
  part(trouble).focus();
}

async function begin(name) {
  const started = { name, state: random(), verifier: random(), language: document.documentElement.lang };
  sessionStorage.setItem(STARTED, JSON.stringify(started));
  const query = new URLSearchParams({
    client_id: client,
    redirect_uri: address,
    response_type: "code",
    scope,
    // also what was granted before is chosen anew
    prompt: "consent",
    state: started.state,
    code_challenge: base64url(await sha256(started.verifier)),
    code_challenge_method: "S256",
    authorization_details: JSON.stringify([{ type: "personal_access", name }]),
    ui_locales: started.language,
  });
  location.assign(`${authorization}?${query}`);
}

/** @param answer what the login came back with */
async function finish(answer) {
  const started = JSON.parse(sessionStorage.getItem(STARTED));
  if (started && started.language !== document.documentElement.lang && !answer.has(LANGUAGE)) {
    // the login has its own, and this page goes on in that in which it began
    answer.set(LANGUAGE, started.language);
    location.replace(`${address}?${answer}`);
    return;
  }
  sessionStorage.removeItem(STARTED);
  history.replaceState(null, "", address);
  if (!started || started.state !== answer.get("state")) {
    fail("failed");
  } else if (answer.has("error")) {
    fail(answer.get("error") === "access_denied" ? "denied" : "failed");
  } else {
    show("busy");
    try {
      present(started.name, await redeem(answer.get("code"), started.verifier));
    } catch {
      fail("failed");
    }
  }
}

async function redeem(code, verifier) {
  const response = await fetch(tokens, {
    method: "POST",
    cache: "no-store",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      client_id: client,
      redirect_uri: address,
      code,
      code_verifier: verifier,
    }),
  });
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}`);
  }
  return response.json();
}

function present(name, { access_token, expires_in }) {
  const until = new Date(Date.now() + expires_in * 1000);
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  find("name").textContent = name;
  find("token").value = access_token;
  find("until").textContent = find("until").dataset.personalUntil.replace("{0}", format.format(until));
  show("token");
  find("name").focus();
}

part("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  const name = part("ask").elements.name.value.trim();
  if (name) {
    begin(name).catch(() => fail("failed"));
  }
});
// which a browser has for pages by https and on this machine alone
find("copy").hidden = !navigator.clipboard;
find("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(find("token").value);
    find("copy").textContent = find("copy").dataset.personalCopy;
  } catch {
    find("token").select();
  }
});

const answer = new URLSearchParams(location.search);
if (answer.has("code") || answer.has("error")) {
  finish(answer);
} else {
  show("ask");
}

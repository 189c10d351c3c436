// An approval is signed with the customer's passkey: over what the page shows and what is chosen on it. Without this
// script nothing can be approved here.

const form = document.querySelector(".consent-form");
const approve = form.querySelector("[name=decision][value=approve]");
const { dataset: asked } = document.getElementById("consent-signing");
const says = (what) => form.querySelector(`[data-consent-passkey=${what}]`);

const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

// The text that the server makes of the form, too: JSON in canonical form (RFC 8785), with its lists sorted. The names
// of members are written one by one: an object would put those that are numbers into another order.
function covered() {
  const fields = new FormData(form);
  const list = (name) => JSON.stringify([...new Set(fields.getAll(name))].filter((value) => value !== "").sort());
  const accounts = [...new Set(fields.keys())]
    .filter((name) => name.startsWith("account-") && list(name) !== "[]")
    .sort()
    .map((name) => `${JSON.stringify(name.slice("account-".length))}:${list(name)}`);
  const challenge = JSON.stringify(asked.consentChallenge);
  const content = JSON.stringify(asked.consentContent);
  return `{"accounts":{${accounts.join(",")}},"chl":${challenge},"dsp":${content},"permissions":${list("permission")}}`;
}

// What the server sends back before it looks at a signature: a choice that was not made.
function lacksChoice() {
  const nothingTicked =
    !form.querySelector(".consent-act") &&
    form.querySelector("[name=permission]") &&
    !new FormData(form).has("permission");
  const noAccount = [...form.querySelectorAll(".consent-accounts")].some(
    (accounts) => accounts.querySelector("[type=radio]") && !accounts.querySelector("[type=radio]:checked"),
  );
  return nothingTicked || noAccount;
}

async function assertion() {
  const publicKey = {
    challenge: await crypto.subtle.digest("SHA-256", new TextEncoder().encode(covered())),
    rpId: asked.consentRpId,
    allowCredentials: asked.consentCredentials.split(" ").map((id) => ({ type: "public-key", id: bytes(id) })),
    userVerification: asked.consentUserVerification,
  };
  if (asked.consentTimeout !== "") {
    publicKey.timeout = Number(asked.consentTimeout);
  }
  return navigator.credentials.get({ publicKey });
}

function fill({ rawId, response }) {
  const parts = {
    "passkey-credential": rawId,
    "passkey-client-data": response.clientDataJSON,
    "passkey-authenticator-data": response.authenticatorData,
    "passkey-signature": response.signature,
  };
  for (const [name, buffer] of Object.entries(parts)) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value: base64url(buffer) });
    form.append(field);
  }
}

let state = "open";

function reopen() {
  state = "open";
  form.querySelectorAll("[name^=passkey-]").forEach((field) => field.remove());
}

async function sign() {
  state = "signing";
  says("not-used").hidden = true;
  says("failed").hidden = true;
  try {
    fill(await assertion());
    state = "signed";
    form.requestSubmit(approve);
  } catch (error) {
    reopen();
    says(error.name === "NotAllowedError" || error.name === "AbortError" ? "not-used" : "failed").hidden = false;
    approve.focus();
  }
}

if (window.PublicKeyCredential && navigator.credentials && window.crypto?.subtle) {
  says("unusable").hidden = true;
  says("ready").hidden = false;
  approve.disabled = false;
  form.addEventListener("submit", (event) => {
    if (event.submitter !== approve || state === "signed") {
      return;
    }
    if (state === "signing") {
      event.preventDefault();
    } else if (!lacksChoice()) {
      event.preventDefault();
      sign();
    }
  });
  // what was signed is sent once, also where the browser brings the page back
  window.addEventListener("pageshow", (event) => event.persisted && reopen());
}

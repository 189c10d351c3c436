// This browser as a device of a customer: chosen once, then kept, as an installed app does. Its key can't be read out,
// as one in a phone's hardware; but a browser keeps it in software, and asks for no finger.

import { random } from "./code-flow.js";
import { base64url, canonical, sha256, utf8 } from "./encoding.js";

const STORE = "devices";
const KEY = { name: "ECDSA", namedCurve: "P-256" };
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" };

/** @param owner whose it is, in words that are one customer's alone */
export async function device(owner) {
  const database = await open();
  try {
    const kept = await ask(database, "readonly", (store) => store.get(owner));
    return new Device(kept ?? (await keep(database, owner, await make())));
  } finally {
    database.close();
  }
}

class Device {
  #privateKey;

  constructor({ id, pushToken, jwk, keyId, privateKey }) {
    this.id = id;
    this.pushToken = pushToken;
    /** The public key (RFC 7517). */
    this.jwk = jwk;
    this.keyId = keyId;
    this.#privateKey = privateKey;
  }

  /** What the header Device-Proof of a call has to say: that who calls has the key. */
  async proof({ method, url, accessToken, body, challenge }) {
    return this.sign("device-proof+jwt", {
      htm: method,
      htu: url,
      iat: Math.floor(Date.now() / 1000),
      ath: base64url(await sha256(accessToken)),
      body_sha256: base64url(await sha256(body)),
      nonce: challenge,
    });
  }

  /** A compact JWS (RFC 7515). */
  async sign(typ, claims) {
    const header = { alg: "ES256", typ, kid: this.keyId };
    const signed = [header, claims].map((part) => base64url(utf8(JSON.stringify(part)))).join(".");
    const signature = await crypto.subtle.sign(SIGNATURE, this.#privateKey, utf8(signed));
    return `${signed}.${base64url(new Uint8Array(signature))}`;
  }
}

async function make() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(KEY, false, ["sign"]);
  const { crv, kty, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  const jwk = { crv, kty, x, y };
  // its thumbprint (RFC 7638)
  const keyId = base64url(await sha256(canonical(jwk)));
  return { id: crypto.randomUUID(), pushToken: random(), jwk, keyId, privateKey };
}

/** What is kept is the first: of two tabs at once, both have the same. */
async function keep(database, owner, made) {
  return ask(database, "readwrite", (store) => {
    const earlier = store.get(owner);
    earlier.onsuccess = () => earlier.result || store.add(made, owner);
    return earlier;
  }).then((earlier) => earlier ?? made);
}

function open() {
  const request = indexedDB.open("assent.sandbox", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return result(request);
}

/** What a request in a transaction of its own finds, once all of it is done. */
async function ask(database, mode, action) {
  const transaction = database.transaction(STORE, mode);
  const request = action(transaction.objectStore(STORE));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
  return request.result;
}

function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// The bank's API for its app, /consent/v1: all that the phone knows and does goes through here.

import { accessToken, forgetLogin } from "./login.js";
import { Problem, reach } from "./problem.js";
import { realmPath } from "./realm.js";

/** One customer's view of the API. */
export class BankApi {
  #language;
  #onCall;

  /**
   * @param language that of the API's texts
   * @param onCall told of every call, as method, path and status
   */
  constructor(language, onCall) {
    this.#language = language;
    this.#onCall = onCall;
  }

  /**
   * @param registration how it is reached, and its name
   * @param device which signs the call with its key
   */
  async registerDevice(registration, device) {
    const path = `devices/${device.id}`;
    const { challenge } = await this.#call("POST", `${path}/key-challenge`);
    const proof = (call) => device.proof({ ...call, challenge });
    return this.#call("PUT", path, { ...registration, key: device.jwk }, proof);
  }

  /** Returns the nonce that was sent to this device's push token. */
  proveDevice(id, nonce) {
    return this.#call("PUT", `devices/${id}/proof`, { nonce });
  }

  removeDevice(id) {
    return this.#call("DELETE", `devices/${id}`);
  }

  pendingRequests() {
    return this.#list("requests", "?status=pending");
  }

  recentRequests() {
    return this.#list("requests", "?max=20");
  }

  request(id) {
    return this.#call("GET", `requests/${encodeURIComponent(id)}`);
  }

  /** Claims the login that waits for a scanned code. @return its request */
  claim(secret) {
    return this.#call("POST", `links/${secret}`);
  }

  /**
   * @param grantedScopes the selection, or null where there is nothing to choose
   * @param grantedDetails the authorization details, whole, or null where there are none
   * @param signature the decision as the phone signed it, or null
   * @param number what the customer read in the browser, or null where it is not asked for
   */
  approve(id, { grantedScopes, grantedDetails, signature, number }) {
    return this.#decide(id, {
      decision: "approve",
      ...(grantedScopes && { grantedScopes }),
      ...(grantedDetails && { grantedDetails }),
      ...(signature && { signature }),
      ...(number && { number }),
    });
  }

  deny(id) {
    return this.#decide(id, { decision: "deny" });
  }

  /** Denies, and says that it was not the customer who began this. */
  report(id) {
    return this.#decide(id, { decision: "deny", reported: true });
  }

  /** What stands. */
  consents() {
    return this.#list("consents", "?status=live&max=100");
  }

  consent(id) {
    return this.#call("GET", `consents/${encodeURIComponent(id)}`);
  }

  takeBack(id) {
    return this.#call("DELETE", `consents/${encodeURIComponent(id)}`);
  }

  /** @param signature the phone's, or null */
  confirm(id, signature) {
    return this.#call("PUT", `consents/${encodeURIComponent(id)}/confirmation`, signature && { signature });
  }

  /** What the customer can let the bank see at a client, or null where that is nothing. */
  async partnerOffer(clientId) {
    try {
      return await this.#call("GET", `partners/offers/${encodeURIComponent(clientId)}`);
    } catch (problem) {
      if (problem.status === 404) {
        return null;
      }
      throw problem;
    }
  }

  /** What is to be opened in a browser for it. */
  choosePartner(clientId, scopes) {
    return this.#call("PUT", `partners/offers/${encodeURIComponent(clientId)}`, { scopes });
  }

  /** What the bank sees at companies now. */
  async partners() {
    return (await this.#list("partners", "?max=100")).filter(({ status }) => status === "connected");
  }

  endPartner(id) {
    return this.#call("DELETE", `partners/${encodeURIComponent(id)}`);
  }

  /** The newest of a list; what it has more than that is at its `next`. */
  async #list(name, query) {
    return (await this.#call("GET", name + query))[name];
  }

  #decide(id, decision) {
    return this.#call("PUT", `requests/${encodeURIComponent(id)}/decision`, decision);
  }

  /** @param proof makes the proof of a device's key for the call, where one is needed */
  async #call(method, path, json, proof) {
    const url = `${location.origin}${realmPath}/consent/v1/${path}`;
    const token = await accessToken();
    const body = json && JSON.stringify(json);
    const response = await reach(url, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        Accept: "application/json",
        ...(body && { "Content-Type": "application/json" }),
        "Accept-Language": this.#language,
        ...(proof && { "Device-Proof": await proof({ method, url, accessToken: token, body }) }),
      },
      body,
      cache: "no-store",
      credentials: "omit",
    });
    this.#onCall(method, path, response.status);
    if (response.status === 401) {
      forgetLogin();
      const problem = await Problem.from(response);
      throw problem.name === "insufficient-user-authentication" ? problem : Problem.loginExpired();
    }
    if (!response.ok) {
      throw await Problem.from(response);
    }
    return response.status === 204 ? null : response.json().catch(() => null);
  }
}

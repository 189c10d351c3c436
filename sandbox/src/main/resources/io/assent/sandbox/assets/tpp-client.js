// A TPP's side: CIBA (OpenID Connect Client-Initiated Backchannel Authentication, Core 1.0), poll and ping mode, and the
// token request of the redirect flow.

import { sleep } from "./clock.js";
import { random } from "./code-flow.js";
import { listen } from "./event-stream.js";
import { Problem, reach } from "./problem.js";
import { oidcPath, sandboxPath } from "./realm.js";

const CIBA = "urn:openid:params:grant-type:ciba";

/** What a server that names no interval means (CIBA Core 1.0, section 7.3). */
const DEFAULT_INTERVAL = 5;

/** What slow_down adds for the rest of the request (section 11). */
const SLOW_DOWN = 5;

/** How often it is asked without a ping, and how long before the request's time is over: in milliseconds. */
const UNPINGED = 30_000;
const LAST = 10_000;

/** Values that the log shows the beginning of, and values that it hides. */
const ABBREVIATED = ["auth_req_id", "access_token", "refresh_token", "id_token", "client_notification_token", "code", "code_verifier"];
const HIDDEN = ["client_secret"];

/** One client. Every exchange is reported to `wire`, fit to be shown. */
export class TppClient {
  #credentials;
  #ping;
  #wire;

  /** @param ping whether the client is registered for ping mode; otherwise it polls */
  constructor(clientId, clientSecret, ping, wire) {
    this.#credentials = { client_id: clientId, client_secret: clientSecret };
    this.#ping = ping;
    this.#wire = wire;
  }

  /**
   * Asks a customer, and waits for the answer.
   *
   * @param request scope, login_hint and binding_message
   * @param signal ends the waiting
   * @param onAccepted called with auth_req_id, expires_in and interval once the server took the request
   * @return the token response
   */
  async ask(request, signal, onAccepted) {
    const pings = this.#ping ? await Pings.open(signal, this.#wire) : null;
    try {
      const accepted = await this.#post("ext/ciba/auth", { ...request, ...pings?.parameters }, signal);
      const until = Date.now() + accepted.expires_in * 1000;
      onAccepted(accepted, until);
      return await this.#poll(accepted, until, pings, signal);
    } finally {
      pings?.close();
    }
  }

  /** Fetches the tokens for a code (RFC 6749, section 4.1.3). */
  redeem({ code, verifier }, redirectUri) {
    return this.#post("token", {
      grant_type: "authorization_code",
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
  }

  /** At the interval, or when pinged. A ping can be lost, and after its time the request's answer is, too. */
  async #poll(accepted, until, pings, signal) {
    let interval = accepted.interval ?? DEFAULT_INTERVAL;
    for (let pinged = pings === null; ; ) {
      if (pinged) {
        await sleep(interval * 1000, signal);
      } else {
        const most = Math.min(UNPINGED, until - LAST - Date.now());
        pinged = await pings.wait(accepted.auth_req_id, Math.max(interval * 1000, most));
      }
      try {
        return await this.#post("token", { grant_type: CIBA, auth_req_id: accepted.auth_req_id }, signal);
      } catch (problem) {
        if (problem.name === "slow_down") {
          interval += SLOW_DOWN;
        } else if (problem.name !== "authorization_pending") {
          throw problem;
        }
      }
    }
  }

  async #post(endpoint, parameters, signal) {
    const response = await reach(oidcPath(endpoint), {
      method: "POST",
      body: new URLSearchParams({ ...this.#credentials, ...parameters }),
      // The TPP is not the customer: it has none of this browser's cookies.
      credentials: "omit",
      cache: "no-store",
      signal,
    });
    const body = await response
      .clone()
      .json()
      .catch(() => ({}));
    this.#wire({
      method: "POST",
      path: oidcPath(endpoint),
      status: response.status,
      sent: presentable({ ...this.#credentials, ...parameters }),
      received: presentable(body),
    });
    if (!response.ok) {
      throw await Problem.from(response);
    }
    return body;
  }
}

/** What the client's notification endpoint hears. Opened before the request, so that no ping can be missed. */
class Pings {
  #token = random();
  #connection = new AbortController();
  #heard = new Map();
  #signal;

  static async open(signal, wire) {
    const pings = new Pings();
    pings.#signal = signal;
    signal.addEventListener("abort", () => pings.close(), { once: true });
    await new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      listen(sandboxPath("notifications/stream"), { clientNotificationToken: pings.#token }, {
        signal: pings.#connection.signal,
        onOpen: resolve,
        onLost: () => reject(Problem.offline()),
        onEvent: (name, ping) => pings.#take(ping, wire),
      });
    });
    return pings;
  }

  get parameters() {
    return { client_notification_token: this.#token };
  }

  /** Whether the ping comes in this time, or has come before. */
  async wait(authReqId, milliseconds) {
    this.#signal.throwIfAborted();
    const over = new AbortController();
    const end = () => over.abort(this.#signal.reason);
    this.#signal.addEventListener("abort", end, { once: true });
    try {
      return await Promise.race([this.#ping(authReqId).came, sleep(milliseconds, over.signal).then(() => false)]);
    } finally {
      this.#signal.removeEventListener("abort", end);
      over.abort();
    }
  }

  /** It may come before the answer that names the request. */
  #ping(authReqId) {
    if (!this.#heard.has(authReqId)) {
      const ping = {};
      ping.came = new Promise((resolve) => (ping.take = () => resolve(true)));
      this.#heard.set(authReqId, ping);
    }
    return this.#heard.get(authReqId);
  }

  close() {
    this.#connection.abort();
  }

  #take(ping, wire) {
    wire({ method: "POST", path: sandboxPath("notifications"), incoming: "ping", sent: presentable(ping) });
    this.#ping(ping.auth_req_id).take();
  }
}

function presentable(fields) {
  const shown = ([name, value]) => {
    if (HIDDEN.includes(name)) {
      return [name, "••••••"];
    }
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return [name, ABBREVIATED.includes(name) ? `${text.slice(0, 10)}…` : text];
  };
  return Object.fromEntries(Object.entries(fields).map(shown));
}

// The consents of who is logged in, and the code for requests, by the app's API.

import { language, realmUrl } from "./console.js";
import { LoginNeeded, accessToken, forgetToken } from "./token.js";

const MOST_IN_A_PAGE = 100;

/** Why a call came to nothing: the end of a key in the messages. */
const REASONS = { 401: "login", 403: "forbidden", 409: "ended", 422: "signature" };

/** What is confirmed is not what was read, or that was too long ago. */
const isOutdated = ({ type, flaw }) => type === "urn:assent:problem:content-changed" || flaw === "challenge";

/** A call that came to nothing. */
class Failure extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** Why a call came to nothing; what is not a failure is a fault of this page. */
export function reasonOf(error) {
  if (error instanceof Failure) {
    return error.reason;
  }
  throw error;
}

/** All that stand. */
export async function live() {
  const all = [];
  let next = null;
  do {
    const page = await list("live", next, MOST_IN_A_PAGE);
    all.push(...page.consents);
    next = page.next;
  } while (next);
  return all;
}

/**
 * A page of those that ended, and what `next` there is.
 *
 * @param after what the page before said is next, or null for the first one
 */
export const ended = (after, max) => list("ended", after, max);

const list = (status, after, max) => call("GET", `/consents?status=${status}&max=${max}${after ? `&after=${after}` : ""}`);

/** One, with the names of the accounts that it is about: for these the bank's system is asked. */
export const find = (id) => call("GET", `/consents/${id}`);

/** @param both whether what the bank sees at the company ends as well */
export const takeBack = (id, both) => call("DELETE", `/consents/${id}${both ? "?both=true" : ""}`);

/** What the bank sees at companies now. */
export async function partners() {
  const all = [];
  let next = null;
  do {
    const page = await call("GET", `/partners?max=${MOST_IN_A_PAGE}${next ? `&after=${next}` : ""}`);
    all.push(...page.partners.filter(({ status }) => status === "connected"));
    next = page.next;
  } while (next);
  return all;
}

export const endPartner = (id) => call("DELETE", `/partners/${id}`);

/** Leaves a consent with these permissions alone. */
export const narrow = (id, grantedScopes) => call("PUT", `/consents/${id}/permissions`, { grantedScopes });

/** @param signed what the customer signed it with, if anything */
export const confirm = (id, signed) => call("PUT", `/consents/${id}/confirmation`, signed);

/** When the code for requests was set, if there is one. */
export const userCode = () => call("GET", "/user-code");

export const setUserCode = (code) => call("PUT", "/user-code", { code });

export const removeUserCode = () => call("DELETE", "/user-code");

async function call(method, path, body) {
  const answer = await send(method, path, body);
  if (answer.status === 401) {
    forgetToken();
  }
  if (!answer.ok) {
    throw new Failure(await reason(method, answer));
  }
  return answer.status === 204 ? undefined : answer.json();
}

async function reason(method, answer) {
  if (answer.status === 404) {
    return missing(method);
  }
  const isConflict = answer.status === 409 || answer.status === 422;
  return isConflict && isOutdated(await answer.json()) ? "changed" : (REASONS[answer.status] ?? "server");
}

/** A realm without the bank's app has no list; what is to be changed may be gone. */
const missing = (method) => (method === "GET" ? "unavailable" : "missing");

async function send(method, path, body) {
  try {
    return await fetch(`${realmUrl}/consent/v1${path}`, {
      method,
      cache: "no-store",
      headers: {
        Authorization: `Bearer ${await accessToken()}`,
        "Accept-Language": language(),
        ...(body && { "Content-Type": "application/json" }),
      },
      body: body && JSON.stringify(body),
    });
  } catch (error) {
    throw new Failure(error instanceof LoginNeeded ? "login" : "connection");
  }
}

// The bank's API, as a TPP calls it with the token that it got.

import { Problem, reach } from "./problem.js";
import { sandboxPath } from "./realm.js";

/**
 * Makes one call.
 *
 * @param path below the API's
 * @param sent the body of a POST; without it the call is a GET
 * @param wire told of the exchange
 * @return the bank's answer
 */
export async function callBank(token, path, sent, wire) {
  const method = sent ? "POST" : "GET";
  const whole = sandboxPath(`bank/${path}`);
  const response = await reach(whole, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(sent && { "Content-Type": "application/json" }) },
    body: sent && JSON.stringify(sent),
    credentials: "omit",
    cache: "no-store",
  });
  const body = await response
    .clone()
    .json()
    .catch(() => ({}));
  wire({ method, path: whole, status: response.status, sent: presentable(sent ?? {}), received: presentable(body) });
  if (!response.ok) {
    throw await Problem.from(response);
  }
  return body;
}

function presentable(fields) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : String(value)]),
  );
}

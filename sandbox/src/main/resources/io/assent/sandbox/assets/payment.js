// One payment: as a TPP asks for it (RFC 9396), and as it orders it from the bank's API.

import { Problem, reach } from "./problem.js";
import { sandboxPath } from "./realm.js";

const TYPE = "payment_initiation";

/** The payee's account; of a bank that there is not. */
const IBAN = "DE89370400440532013000";

/** The authorization_details of a payment in EUR. */
export function paymentDetails(amount, payee) {
  return JSON.stringify([
    {
      type: TYPE,
      instructedAmount: { currency: "EUR", amount },
      creditorName: payee,
      creditorAccount: { iban: IBAN },
    },
  ]);
}

/** The payment that a token carries, or undefined. */
export function grantedPayment(claims) {
  return claims.authorization_details?.find((detail) => detail.type === TYPE);
}

/** A payment in words for a developer. */
export function inBrief({ instructedAmount, creditorName }) {
  return `${instructedAmount.amount} ${instructedAmount.currency} to ${creditorName}`;
}

/**
 * Orders what a token carries.
 *
 * @param wire told of the exchange
 * @return the bank's answer
 */
export async function pay(token, granted, wire) {
  const { type, ...order } = granted;
  const path = sandboxPath("bank/payments");
  const response = await reach(path, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify(order),
    credentials: "omit",
    cache: "no-store",
  });
  const body = await response
    .clone()
    .json()
    .catch(() => ({}));
  wire({ method: "POST", path, status: response.status, sent: presentable(order), received: presentable(body) });
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

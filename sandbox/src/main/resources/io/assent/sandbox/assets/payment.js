// One payment: as a TPP asks for it (RFC 9396), and as it orders it from the bank's API.

import { callBank } from "./tpp-bank.js";

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
export function pay(token, granted, wire) {
  const { type, ...order } = granted;
  return callBank(token, "payments", order, wire);
}

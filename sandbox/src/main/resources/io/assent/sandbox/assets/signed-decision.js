// The customer's yes, signed by the phone: who, on which device, to what, and what was on the screen.

import { contentHash } from "./content-hash.js";
import { base64url, canonical, sha256 } from "./encoding.js";

const GOOD_FOR_SECONDS = 30;

/** What the phone says of how its customer was there (RFC 8176): by a key in software, or by a finger, too. */
const PRESENT = ["swk"];
const VERIFIED = ["swk", "fpt"];

/** Whether the customer is to show a finger before the phone signs. */
export const needsFinger = ({ signatureRequired }) => signatureRequired === "key+user-verification";

/**
 * Whether the phone signs its customer's yes: wherever it can. A request from before there were signatures has no
 * challenge.
 */
export const canBeSigned = ({ challenge }) => Boolean(challenge);

/**
 * A compact JWS.
 *
 * @param device which signs
 * @param customer the claims of the customer's token
 * @param request as it is shown
 * @param scopes the permissions that are granted
 * @param details the authorization details that are granted, whole
 */
export async function signedDecision(device, customer, request, scopes, details) {
  const now = Math.floor(Date.now() / 1000);
  return device.sign("consent-decision+jwt", {
    iss: device.id,
    aud: customer.iss,
    sub: customer.sub,
    iat: now,
    exp: Math.min(now + GOOD_FOR_SECONDS, Math.ceil(Date.parse(request.expiresAt) / 1000)),
    req: request.id,
    dec: "approve",
    grt: { scopes, details_hash: base64url(await sha256(canonical(details))) },
    dsp: await contentHash(request),
    chl: request.challenge,
    amr: needsFinger(request) ? VERIFIED : PRESENT,
  });
}

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
export const signedDecision = (device, customer, request, scopes, details) =>
  signedYes("approve", device, customer, request, scopes, details);

/** The same of a yes again, to a consent as it is shown. */
export const signedConfirmation = (device, customer, consent) =>
  signedYes(
    "confirm",
    device,
    customer,
    consent,
    consent.groups.flatMap(({ permissions }) => permissions.map(({ scope }) => scope)),
    consent.details.map(({ detail }) => detail),
  );

async function signedYes(act, device, customer, shown, scopes, details) {
  const now = Math.floor(Date.now() / 1000);
  const end = shown.expiresAt ? Math.ceil(Date.parse(shown.expiresAt) / 1000) : Infinity;
  return device.sign("consent-decision+jwt", {
    iss: device.id,
    aud: customer.iss,
    sub: customer.sub,
    iat: now,
    exp: Math.min(now + GOOD_FOR_SECONDS, end),
    req: shown.id,
    dec: act,
    grt: { scopes, details_hash: base64url(await sha256(canonical(details))) },
    dsp: await contentHash(shown),
    chl: shown.challenge,
    amr: needsFinger(shown) ? VERIFIED : PRESENT,
  });
}

// A confirmation is signed with the customer's passkey: over what is shown of the consent, and its challenge.

const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

/** Whether this browser can ask for a passkey. */
export const usable = () => Boolean(window.PublicKeyCredential && navigator.credentials && window.crypto?.subtle);

/** The text that the server makes, too: JSON in canonical form (RFC 8785), with its list sorted. */
function covered({ id, challenge, contentHash, groups }) {
  const permissions = groups.flatMap((group) => group.permissions.map(({ scope }) => scope)).sort();
  return JSON.stringify({ chl: challenge, confirm: id, dsp: contentHash, permissions });
}

/**
 * Asks the customer for the passkey.
 *
 * @param consent as the server told it: with `challenge`, `contentHash` and `passkey`
 * @returns what the server takes; fails as `navigator.credentials.get` does
 */
export async function sign(consent) {
  const { rpId, credentialIds, userVerification, timeout } = consent.passkey;
  const { rawId, response } = await navigator.credentials.get({
    publicKey: {
      challenge: await crypto.subtle.digest("SHA-256", new TextEncoder().encode(covered(consent))),
      rpId,
      allowCredentials: credentialIds.map((id) => ({ type: "public-key", id: bytes(id) })),
      userVerification,
      ...(timeout && { timeout }),
    },
  });
  return {
    challenge: consent.challenge,
    contentHash: consent.contentHash,
    credentialId: base64url(rawId),
    clientDataJSON: base64url(response.clientDataJSON),
    authenticatorData: base64url(response.authenticatorData),
    signature: base64url(response.signature),
  };
}

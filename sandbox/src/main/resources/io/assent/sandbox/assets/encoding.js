// Bytes and texts, as tokens and signatures write them.

/** base64url without padding (RFC 7515, section 2). */
export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}

export const utf8 = (text) => new TextEncoder().encode(text);

/** The SHA-256 of a text in UTF-8. */
export const sha256 = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", utf8(text)));

/** JSON in its canonical form (RFC 8785): sorted members and no blanks. Numbers and texts are as JavaScript writes them. */
export function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(",")}]`;
  }
  if (value !== null && typeof value === "object") {
    const members = Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

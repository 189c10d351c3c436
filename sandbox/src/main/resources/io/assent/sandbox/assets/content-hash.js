// Names what the phone shows of a request, by its hash. It is made here of what is rendered, and not read from the
// answer: a signature over a hash that came from elsewhere would prove nothing.

import { base64url, canonical, sha256 } from "./encoding.js";

/** The `contentHash` of a request, or of a consent, as it is shown. */
export async function contentHash({ language, client, groups, bindingMessage = null, details }) {
  const words = canonical({ language, client: who(client), groups: groups.map(group) });
  const content = {
    text: hex(await sha256(words)),
    ...(bindingMessage !== null && { bindingMessage }),
    details: details.map(({ detail, rows }) => ({ detail, rows })),
  };
  return base64url(await sha256(canonical(content)));
}

const who = ({ clientId, name, legalEntity }) => ({ clientId, name, ...(legalEntity !== null && { legalEntity }) });

const group = ({ title, summary, permissions }) => ({ title, summary, permissions: permissions.map(permission) });

const permission = ({ scope, title, detail, required }) => ({ scope, title, detail, required });

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

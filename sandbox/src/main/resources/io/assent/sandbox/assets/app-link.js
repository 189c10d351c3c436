// The link into the app: what a page's QR code says, and what opens the app on the same phone.

import { parse } from "./elements.js";
import { realmPath } from "./realm.js";

const KEPT = "assent.sandbox.link";
const LINKS = `${realmPath}/consent/v1/links/`;
const SECRET = /^[\w-]{22}$/;

/** The secret of a link of this bank; null for anything else, since an app opens only links of its own bank. */
export function secretOf(text) {
  const url = parse(text.trim());
  const mine = url?.origin === location.origin && url.pathname.startsWith(LINKS);
  const secret = mine && url.pathname.slice(LINKS.length);
  return secret && SECRET.test(secret) ? secret : null;
}

/**
 * The link that this page was opened with, `#link=…`, where there is one. It leaves the address bar at once, and is kept
 * until it is taken, because the customer may have to log in first.
 */
export function keepLink() {
  const link = new URLSearchParams(location.hash.slice(1)).get("link");
  if (link) {
    history.replaceState(null, "", location.pathname + location.search);
    sessionStorage.setItem(KEPT, link);
  }
}

/** The link that was kept, once; null if there is none. */
export function takeLink() {
  const link = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  return link;
}

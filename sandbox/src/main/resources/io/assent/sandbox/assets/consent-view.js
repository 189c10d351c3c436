// Shows what stands: one company, with what it may do.

import { grantedDetails } from "./detail-view.js";
import { element, logo } from "./elements.js";
import { links } from "./request-view.js";
import { day, say } from "./words.js";

/** The name of whoever has access; where the bank does not know it any more, that. */
export const companyName = ({ client }) => client?.name || client?.clientId || say("consent.gone");

export const canBeConfirmed = ({ confirmBy, status }) => Boolean(confirmBy) || status === "suspended";

/** Who, what, since when and until when. */
export function company(consent) {
  return [
    element(
      "div",
      { class: "asker" },
      logo(companyName(consent), consent.client?.logoUri),
      element(
        "div",
        {},
        element("h2", { id: "consent-title", tabindex: "-1" }, companyName(consent)),
        element("p", { class: "quiet" }, say(consent.status === "suspended" ? "consent.paused" : "consent.may")),
        links(consent.client),
      ),
    ),
    element("div", { class: "groups" }, grantedDetails(consent.details), consent.groups.map(group)),
    element("dl", { class: "facts group" }, facts(consent)),
  ];
}

function group({ title, permissions }) {
  return element(
    "section",
    { class: "group" },
    element("h3", {}, title),
    element(
      "ul",
      {},
      permissions.map((permission) =>
        element("li", {}, element("p", { class: "permission fixed" }, element("span", {}, permission.title))),
      ),
    ),
  );
}

function facts({ grantedAt, validUntil, lastUsedAt, confirmBy }) {
  return [
    ["consent.since", day(grantedAt)],
    ["consent.until", validUntil ? day(validUntil) : say("consent.no-end")],
    ["consent.last-used", lastUsedAt ? day(lastUsedAt) : say("consent.never")],
    ...(confirmBy ? [["consent.confirm-by", day(confirmBy)]] : []),
  ].map(([key, value]) => element("div", {}, element("dt", {}, say(key)), element("dd", {}, value)));
}

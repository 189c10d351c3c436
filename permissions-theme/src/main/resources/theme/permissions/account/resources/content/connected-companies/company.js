import { createElement as h, useId, useState } from "react";
import { Details } from "./details.js";
import { date, isolated } from "./texts.js";

/** So long before the date the page asks by itself whether it is still right; the same time ahead the bank asks. */
const ASKED_AHEAD = 14 * 24 * 60 * 60 * 1000;

/** A company with what it may do. */
export function Company({ consent, texts, language, onTakeBack, onTakeBackPart, onConfirm }) {
  const id = useId();
  const name = nameOf(consent, texts);
  const isPaused = consent.status === "suspended";
  const isAsked = consent.confirmBy && new Date(consent.confirmBy) - Date.now() < ASKED_AHEAD;
  const action = (key, onClick, kind = "") =>
    h(
      "button",
      { type: "button", className: `cc-button ${kind}`, onClick, "aria-describedby": id },
      texts(key),
    );

  return h(
    "article",
    { className: "cc-company", "aria-labelledby": id },
    h("header", { className: "cc-who" }, h(Logo, { client: consent.client, name }), h("h2", { id }, h("bdi", null, name))),
    consent.client?.legalEntity &&
      h(
        "p",
        { className: "cc-quiet" },
        texts("connectedCompanies.verified", { name: isolated(consent.client.legalEntity) }),
      ),
    (isPaused || isAsked) &&
      h(
        "div",
        { className: "cc-note" },
        h(
          "p",
          null,
          isPaused
            ? texts("connectedCompanies.paused", { name: isolated(name) })
            : texts("connectedCompanies.stillRight", { date: date(language, consent.confirmBy) }),
        ),
        action("connectedCompanies.confirm", onConfirm, "cc-primary"),
      ),
    h(Details, { consent, texts }),
    consent.groups.length > 0 && h(Permissions, { groups: consent.groups }),
    h(Facts, { consent, texts, language }),
    h(
      "div",
      { className: "cc-buttons" },
      action("connectedCompanies.takeBack", onTakeBack),
      permissionsOf(consent).length > 1 && action("connectedCompanies.takeBackPart", onTakeBackPart),
      consent.confirmBy && !isPaused && !isAsked && action("connectedCompanies.confirm", onConfirm),
    ),
    h(Links, { client: consent.client, texts }),
  );
}

/** Its name; where the bank does not know it any more, that. */
export const nameOf = ({ client }, texts) => client?.name ?? client?.clientId ?? texts("connectedCompanies.gone");

export const permissionsOf = ({ groups }) => groups.flatMap(({ permissions }) => permissions);

/** Decoration: the name stands beside it. The server names a logo only where it is safe to load. */
export function Logo({ client, name }) {
  const [broken, setBroken] = useState(false);
  return h(
    "span",
    { className: "cc-logo", "aria-hidden": true },
    client?.logoUri && !broken
      ? h("img", { src: client.logoUri, alt: "", referrerPolicy: "no-referrer", onError: () => setBroken(true) })
      : [...name.trim()][0]?.toUpperCase(),
  );
}

export function Permissions({ groups }) {
  return h(
    "div",
    { className: "cc-groups" },
    groups.map((group) =>
      h(
        "section",
        { key: group.id },
        h("h3", null, h("bdi", null, group.title)),
        h(
          "ul",
          null,
          group.permissions.map(({ scope, title, detail }) =>
            h(
              "li",
              { key: scope },
              h("bdi", null, title),
              detail && h("p", { className: "cc-quiet" }, h("bdi", null, detail)),
            ),
          ),
        ),
      ),
    ),
  );
}

function Facts({ consent, texts, language }) {
  const on = (time) => date(language, time);
  const facts = [
    ["since", on(consent.grantedAt)],
    ["until", consent.validUntil ? on(consent.validUntil) : texts("connectedCompanies.untilTakenBack")],
    ["lastUsed", consent.lastUsedAt ? on(consent.lastUsedAt) : texts("connectedCompanies.notUsed")],
  ];
  if (consent.confirmBy) {
    facts.push(["confirmBy", on(consent.confirmBy)]);
  }
  if (consent.oneTime) {
    facts.push(["goodFor", texts("connectedCompanies.once")]);
  }
  return h(
    "dl",
    { className: "cc-facts" },
    facts.map(([key, value]) =>
      h("div", { key }, h("dt", null, texts(`connectedCompanies.${key}`)), h("dd", null, value)),
    ),
  );
}

function Links({ client, texts }) {
  const links = [
    ["privacy", client?.policyUri],
    ["terms", client?.tosUri],
  ].filter(([, href]) => href);
  return (
    links.length > 0 &&
    h(
      "p",
      { className: "cc-links" },
      links.map(([key, href]) =>
        h(
          "a",
          { key, href, target: "_blank", rel: "noopener noreferrer" },
          texts(`connectedCompanies.${key}`),
          h("span", { className: "cc-hidden" }, ` (${texts("connectedCompanies.newTab")})`),
        ),
      ),
    )
  );
}

// Shows one request as an app would: who asks, for what, and until when.

import { days, minutesAndSeconds } from "./clock.js";
import { grantedDetails } from "./detail-view.js";
import { element, logo, safeLink } from "./elements.js";
import { wayBack } from "./link-view.js";
import { dayAndTime, say } from "./words.js";

/** The name of whoever asks. */
export const clientName = (request) => request.client.name || request.client.clientId;

/** Whether it is for more on top of what the customer allowed, which goes on whatever comes of it. */
export const amends = (request) => request.channel === "amendment";

/** Who asks, with links to what they promise. */
export function asker(request) {
  return element(
    "div",
    { class: "asker" },
    logo(clientName(request), request.client.logoUri),
    element(
      "div",
      {},
      element("h2", { id: "request-title", tabindex: "-1" }, clientName(request)),
      request.client.legalEntity &&
        element("p", { class: "quiet" }, say("request.verified"), " ", element("bdi", {}, request.client.legalEntity)),
      element("p", { class: "quiet" }, say(amends(request) ? "request.amends" : "request.asks")),
      links(request.client),
    ),
  );
}

/** Where a company says what it promises, as far as that is safe to open. */
export function links(client) {
  const safe = [
    [say("request.privacy"), safeLink(client?.policyUri)],
    [say("request.terms"), safeLink(client?.tosUri)],
  ]
    .filter(([, address]) => address)
    .map(([text, address]) => element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text));
  return safe.length > 0 && element("p", { class: "links" }, safe);
}

/** The message that the customer compares with the other screen; null if there is none. */
export function bindingMessage(request) {
  return (
    request.bindingMessage &&
    element(
      "div",
      { class: "binding" },
      element("p", { class: "quiet" }, say("request.binding")),
      element("p", { class: "code" }, request.bindingMessage),
    )
  );
}

/** Time left; `show` changes it. */
export function timer(request) {
  const bar = element("progress", {
    max: String(Date.parse(request.expiresAt) - Date.parse(request.createdAt)),
    "aria-label": say("request.time-left"),
  });
  const text = element("span", { role: "timer" });
  const view = element("div", { class: "timer" }, bar, element("p", {}, say("request.within"), text));
  return {
    view,
    show(left) {
      bar.value = left;
      text.textContent = left < 3_600_000 ? minutesAndSeconds(left) : say("request.days", { days: days(left) });
      view.classList.toggle("urgent", left < 30_000);
    },
  };
}

/** What the customer may do with what is asked for. */
export function rule(request) {
  if (request.groups.length === 0) {
    return say(request.details.length > 0 ? "request.exactly" : "request.only-you");
  }
  return say(request.selectable ? "request.choose" : "request.all");
}

/** What is asked for, in groups, to choose from if the customer may choose. Nothing is ticked but what is required. */
export function permissionForm(request) {
  const choices = [];
  const groups = request.groups.map((group) =>
    element(
      "fieldset",
      { class: "group" },
      element("legend", {}, group.title),
      group.summary && element("p", { class: "quiet" }, group.summary),
      element("ul", {}, group.permissions.map((permission) => element("li", {}, choice(request, permission, choices)))),
    ),
  );
  return {
    view: element("div", { class: "groups" }, groups),
    /** The names of the permissions that are checked, or null where there is nothing to choose. */
    selection: () => (choices.length > 0 ? choices.filter((box) => box.checked).map((box) => box.value) : null),
    onChange(listener) {
      choices.forEach((box) => box.addEventListener("change", listener));
    },
  };
}

function choice(request, permission, choices) {
  const required = permission.required && element("span", { class: "tag" }, say("tag.required"));
  if (!request.selectable) {
    return [element("p", { class: "permission fixed" }, element("span", {}, permission.title)), ...about(permission)];
  }
  const box = element("input", {
    type: "checkbox",
    value: permission.scope,
    checked: permission.required,
    disabled: permission.required,
  });
  choices.push(box);
  return [
    element("label", { class: "permission" }, box, element("span", {}, permission.title, " ", required)),
    ...about(permission),
  ];
}

const about = (permission) => [shared(permission), detail(permission)];

/** The customer's own data that a permission shares, masked. */
function shared({ claims }) {
  return (
    claims?.length > 0 &&
    element(
      "dl",
      { class: "rows shared" },
      claims.map(({ label, value }) =>
        element("div", {}, element("dt", {}, element("bdi", {}, label)), element("dd", {}, element("bdi", {}, value ?? "•••"))),
      ),
    )
  );
}

function detail(permission) {
  return (
    permission.detail &&
    element(
      "details",
      {},
      element(
        "summary",
        {},
        say("request.more"),
        element("span", { class: "visually-hidden" }, say("request.more-about", { permission: permission.title })),
      ),
      element("p", {}, permission.detail),
    )
  );
}

/** Whether the customer allowed some of it and not all. */
export function isPart(request) {
  return request.status === "approved" && request.decision.grantedScopes.length < permissionsOf(request).length;
}

/** The names of all permissions that are asked for. */
export const scopesOf = (request) => permissionsOf(request).map(({ scope }) => scope);

/** What matters most of a request, in a line or two: the amount and the payee of a payment, say. */
export function gist(request) {
  const rows = request.details.flatMap((detail) => detail.rows.filter(({ emphasis }) => emphasis === 1));
  return rows.length > 0 ? rows.map(({ value }) => value) : [clientName(request)];
}

const permissionsOf = (request) => request.groups.flatMap((group) => group.permissions);

/**
 * What was decided, with what was granted and what was not.
 *
 * @param signed whether the phone has just signed it, because it had to
 */
export function outcome(request, signed) {
  const granted = new Set(request.decision?.grantedScopes ?? []);
  return element(
    "div",
    { class: `outcome ${request.status}` },
    element("p", { class: "mark", "aria-hidden": "true" }, MARKS[request.status]),
    element("h2", { id: "request-title", tabindex: "-1" }, headline(request)),
    element("p", { class: "quiet" }, explanation(request)),
    signed && element("p", { class: "signed quiet" }, say("outcome.signed")),
    request.status === "approved" && request.link && wayBack(request.link),
    request.status === "approved" &&
      request.groups.length > 0 &&
      element(
        "ul",
        { class: "granted" },
        permissionsOf(request).map((permission) => {
          const answer = granted.has(permission.scope) ? "yes" : "no";
          return element(
            "li",
            { class: answer },
            element("span", {}, permission.title),
            element("span", { class: "tag" }, say(`tag.${answer}`)),
          );
        }),
      ),
    request.status === "approved" && element("div", { class: "groups" }, grantedDetails(request.decision.details)),
  );
}

const MARKS = { approved: "✓", denied: "✕", expired: "–", withdrawn: "–", pending: "…" };

function headline(request) {
  const outcome = isPart(request) ? "part" : request.status;
  return say(`outcome.${outcome}`, { name: clientName(request) });
}

function explanation(request) {
  if (request.status === "expired" || request.status === "withdrawn") {
    return say(amends(request) ? "outcome.nothing-added" : "outcome.nothing-shared", { name: clientName(request) });
  }
  const when = request.decision && dayAndTime(request.decision.decidedAt);
  if (request.status === "denied") {
    return say(amends(request) ? "outcome.not-added-at" : "outcome.denied-at", { when });
  }
  return say("outcome.answered", { when });
}

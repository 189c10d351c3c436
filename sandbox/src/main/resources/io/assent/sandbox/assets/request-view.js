// Shows one request as an app would: who asks, for what, and until when.

import { element, logo, safeLink } from "./elements.js";
import { minutesAndSeconds } from "./clock.js";

/** The name of whoever asks. */
export const clientName = (request) => request.client.name || request.client.clientId;

/** Who asks, with links to what they promise. */
export function asker(request) {
  const links = [
    ["Privacy policy", request.client.policyUri],
    ["Terms", request.client.tosUri],
  ]
    .map(([text, address]) => [text, safeLink(address)])
    .filter(([, address]) => address)
    .map(([text, address]) => element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text));
  return element(
    "div",
    { class: "asker" },
    logo(clientName(request), request.client.logoUri),
    element(
      "div",
      {},
      element("h2", { id: "request-title", tabindex: "-1" }, clientName(request)),
      element("p", { class: "quiet" }, "wants your permission"),
      links.length > 0 && element("p", { class: "links" }, links),
    ),
  );
}

/** The message that the customer compares with the other screen; null if there is none. */
export function bindingMessage(request) {
  return (
    request.bindingMessage &&
    element(
      "div",
      { class: "binding" },
      element("p", { class: "quiet" }, "Check that you see this there, too:"),
      element("p", { class: "code" }, request.bindingMessage),
    )
  );
}

/** Time left; `show` changes it. */
export function timer(request) {
  const bar = element("progress", { max: String(Date.parse(request.expiresAt) - Date.parse(request.createdAt)), "aria-label": "Time left to answer" });
  const text = element("span", { role: "timer" });
  const view = element("div", { class: "timer" }, bar, element("p", {}, "Answer within ", text));
  return {
    view,
    show(left) {
      bar.value = left;
      text.textContent = minutesAndSeconds(left);
      view.classList.toggle("urgent", left < 30_000);
    },
  };
}

/** What the customer may do with the permissions that are asked for. */
export function rule(request) {
  if (request.groups.length === 0) {
    return "It asks for no data: approving confirms that it is you.";
  }
  return request.selectable ? "You choose what to allow." : "All of this, or nothing.";
}

/** What is asked for, in groups, to choose from if the customer may choose. */
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
  const required = permission.required && element("span", { class: "tag" }, "required");
  if (!request.selectable) {
    return [element("p", { class: "permission fixed" }, element("span", {}, permission.title)), detail(permission)];
  }
  const box = element("input", {
    type: "checkbox",
    value: permission.scope,
    checked: true,
    disabled: permission.required,
  });
  choices.push(box);
  return [
    element("label", { class: "permission" }, box, element("span", {}, permission.title, " ", required)),
    detail(permission),
  ];
}

function detail(permission) {
  return (
    permission.detail &&
    element(
      "details",
      {},
      element("summary", {}, "More", element("span", { class: "visually-hidden" }, ` about “${permission.title}”`)),
      element("p", {}, permission.detail),
    )
  );
}

/** What was decided, with what was granted and what was not. */
export function outcome(request) {
  const granted = new Set(request.decision?.grantedScopes ?? []);
  return element(
    "div",
    { class: `outcome ${request.status}` },
    element("p", { class: "mark", "aria-hidden": "true" }, MARKS[request.status]),
    element("h2", { id: "request-title", tabindex: "-1" }, headline(request)),
    element("p", { class: "quiet" }, explanation(request)),
    request.status === "approved" &&
      element(
        "ul",
        { class: "granted" },
        request.groups
          .flatMap((group) => group.permissions)
          .map((permission) =>
            element(
              "li",
              { class: granted.has(permission.scope) ? "yes" : "no" },
              element("span", {}, permission.title),
              element("span", { class: "tag" }, granted.has(permission.scope) ? "allowed" : "not allowed"),
            ),
          ),
      ),
  );
}

const MARKS = { approved: "✓", denied: "✕", expired: "–", pending: "…" };

function headline(request) {
  return {
    approved: `${clientName(request)} has your permission`,
    denied: `You said no to ${clientName(request)}`,
    expired: "Time ran out",
    pending: "Not answered yet",
  }[request.status];
}

function explanation(request) {
  if (request.status === "expired") {
    return `Nothing was shared with ${clientName(request)}.`;
  }
  const when = request.decision && new Date(request.decision.decidedAt).toLocaleString();
  return request.status === "denied" ? `Nothing was shared. Answered ${when}.` : `Answered ${when}.`;
}

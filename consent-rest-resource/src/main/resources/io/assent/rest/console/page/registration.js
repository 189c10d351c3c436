// Registers a company that may ask customers: one form, and what to hand over to it.

import { Refusal, get, post } from "./api.js";
import { element, foreign } from "./elements.js";
import { choiceField, lineField, linesField, missing, tickField, ticksField } from "./fields.js";
import { alert, button, card, facts, forgetTold, link, loaded, reason, tell } from "./parts.js";
import { current, within } from "./route.js";
import { surroundings } from "./surroundings.js";
import { isolated, say } from "./words.js";

export const registration = {
  id: "registration",
  path: "/consents/permissions",
  inMenuAs: "companies",
  isInMenu: false,
  mayBeSeen: ({ managesCompanies }) => managesCompanies,
  show: () => {
    const place = element("div", { class: "st-content" });
    place.append(
      element("p", { class: "st-intro" }, say("registration.intro")),
      card(
        say("registration.form"),
        loaded(
          () => get("/permissions"),
          ({ permissions }) =>
            permissions.length === 0
              ? alert("warning", say("registration.noPermission"))
              : form(permissions, (registered) => {
                  place.replaceChildren(handover(registered));
                  tell("success", say("registration.done", { name: isolated(registered.name) }));
                }),
        ),
      ),
    );
    return place;
  },
};

const LONGEST = 255;
const LONGEST_NAME = 100;

/** Fields that are of no use are hidden, and not sent. */
function form(permissions, done) {
  const fields = {
    clientId: lineField({ ...words("clientId"), most: LONGEST, flaw: flawOfId }),
    name: lineField({ ...words("name"), most: LONGEST_NAME }),
    permissions: ticksField({ ...words("permissions"), options: permissions }),
    offlineAccess: tickField(words("offlineAccess")),
    ciba: choiceField({ ...words("ciba"), options: choices("ciba", ["poll", "ping", "none"]), changed: () => showNeeded() }),
    notificationEndpoint: lineField({ ...words("notificationEndpoint"), most: LONGEST, flaw: flawOfAddress }),
    redirectUris: linesField({ ...words("redirectUris"), rows: 2 }),
    authentication: choiceField({
      ...words("authentication"),
      options: choices("authentication", ["client-secret", "private-key-jwt"]),
      changed: () => showNeeded(),
    }),
    jwksUrl: lineField({ ...words("jwksUrl"), most: LONGEST, flaw: flawOfAddress }),
  };
  const showNeeded = () => {
    fields.notificationEndpoint.place.hidden = fields.ciba.value() !== "ping";
    fields.jwksUrl.place.hidden = fields.authentication.value() !== "private-key-jwt";
  };
  showNeeded();
  const send = button(say("registration.send"), "primary", () => {}, { type: "submit" });
  return element(
    "form",
    {
      class: "pf-v5-c-form st-form",
      novalidate: true,
      onsubmit: async (event) => {
        event.preventDefault();
        forgetTold();
        const asked = Object.values(fields).filter(({ place }) => !place.hidden);
        const wrong = asked.filter((field) => !field.check());
        if (wrong.length > 0) {
          wrong[0].focus();
          return;
        }
        send.disabled = true;
        try {
          done(await post("/clients", body(fields)));
        } catch (error) {
          complain(error, fields);
        }
        send.disabled = false;
      },
    },
    Object.values(fields).map(({ place }) => place),
    element("p", { class: "st-buttons" }, send, link(within("companies"), say("cancel"), { class: "pf-v5-c-button pf-m-link" })),
  );
}

const words = (name) => ({ label: say(`registration.${name}`), hint: say(`registration.${name}.hint`) });

const choices = (name, values) => values.map((value) => [value, say(`registration.${name}.${value}`)]);

/** The server has the same rule. */
const flawOfId = (id) => missing(id) || (/^[\x21-\x7e]+$/.test(id) ? "" : say("registration.clientId.wrong"));

const flawOfAddress = (address) =>
  missing(address) || (/^https:\/\/[\x21-\x7e]+$/.test(address) ? "" : say("registration.address.wrong"));

const body = (fields) =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, { place }]) => !place.hidden)
      .map(([name, field]) => [name, field.value()])
      .filter(([name, value]) => !(name === "ciba" && value === "none")),
  );

/** At the field that it is about, where the server names one. */
function complain(error, fields) {
  const field = error instanceof Refusal && fields[error.field];
  if (field) {
    field.complain(say(`registration.flaw.${error.flaw}`));
    field.focus();
  } else if (error instanceof Refusal && error.name === "client-exists") {
    fields.clientId.complain(say("registration.exists"));
    fields.clientId.focus();
  } else {
    const detail = error instanceof Refusal && error.flaw ? ` ${error.message}` : "";
    tell("danger", `${reason(error)}${detail}`);
  }
}

/** The secret is in this view alone: whoever leaves it has to look into the console. */
const handover = ({ id, clientId, authentication, secret }) =>
  card(
    say("registration.handover"),
    element("p", {}, say("registration.handover.text")),
    facts([
      [say("registration.issuer"), copied(`${surroundings.serverBaseUrl}/realms/${encodeURIComponent(current().realm)}`, say("registration.issuer"))],
      [say("company.id"), copied(clientId, say("company.id"))],
      [say("registration.secret"), secret && copied(secret, say("registration.secret"))],
    ]),
    secret && alert("warning", say("registration.once")),
    !secret && authentication === "client-secret" && alert("info", say("registration.before")),
    element(
      "p",
      { class: "st-buttons" },
      link(within("company", id), say("registration.toCompany"), { class: "pf-v5-c-button pf-m-secondary" }),
      link(within("companies"), say("view.companies"), { class: "pf-v5-c-button pf-m-link" }),
    ),
  );

/** A value with a button that copies it; what it is called is said to who sees neither. */
function copied(value, what) {
  const note = element("span", { class: "st-quiet", role: "status" });
  return element(
    "span",
    { class: "st-copied" },
    element("code", { class: "st-value" }, foreign(value)),
    button(
      say("copy"),
      "secondary pf-m-small",
      async () => {
        try {
          await navigator.clipboard.writeText(value);
          note.textContent = say("copied");
        } catch {
          note.textContent = say("copy.byHand");
        }
      },
      { "aria-label": say("copy.what", { what }) },
    ),
    note,
  );
}

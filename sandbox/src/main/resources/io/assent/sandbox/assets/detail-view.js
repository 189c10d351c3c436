// Shows authorization details: what they say, row by row, and the accounts that they are about.

import { element } from "./elements.js";
import { say } from "./words.js";

/** How much a row matters, by its emphasis. */
const ROWS = { 1: "headline", 2: "normal", 3: "small" };

/** From so many characters on, what matters most fills a phone. */
const LONG = 28;

/** What details say that were granted, with the accounts that they name. */
export const grantedDetails = (details) =>
  details.map((detail) =>
    element(
      "section",
      { class: "group detail" },
      rows(detail.rows),
      detail.accounts?.length > 0 && [
        element("p", { class: "quiet" }, say("detail.accounts")),
        element("ul", { class: "accounts" }, detail.accounts.map((account) => element("li", {}, accountText(account)))),
      ],
    ),
  );

/** What details say that are asked for, with boxes for the accounts that there are to choose among. */
export function detailForm(request, tryAgain) {
  const choices = request.details.map((detail, place) => accountChoice(detail, `accounts-${place}`, tryAgain));
  return {
    view: element(
      "div",
      { class: "groups" },
      request.details.map((detail, place) =>
        element(
          "section",
          { class: "group detail" },
          rows(detail.rows),
          detail.oneTime && element("p", { class: "once quiet" }, say("detail.once")),
          choices[place].view,
        ),
      ),
    ),
    /** The details as they are granted, or null where none is asked for. */
    granted: () => (request.details.length > 0 ? choices.map((choice) => choice.granted()) : null),
    /** Whether an account is to be chosen still. */
    isOpen: () => choices.some((choice) => choice.isOpen()),
    onChange(listener) {
      choices.forEach((choice) => choice.onChange(listener));
    },
  };
}

function rows(all) {
  return element(
    "dl",
    { class: "rows" },
    all.map(({ label, value, emphasis }) =>
      element(
        "div",
        { class: `${ROWS[emphasis] ?? ROWS[2]} ${value.length < LONG ? "" : "long"}` },
        element("dt", {}, label),
        element("dd", {}, element("bdi", {}, value)),
      ),
    ),
  );
}

function accountText({ id, name, maskedNumber, currency }) {
  const more = [maskedNumber, currency].filter(Boolean).join(" · ");
  return element(
    "span",
    {},
    element("bdi", {}, name ?? id),
    more && element("span", { class: "quiet" }, element("bdi", {}, more)),
  );
}

/** One that the bank chooses among, or none: then the detail is granted as it is asked for. */
function accountChoice({ detail, accounts }, group, tryAgain) {
  if (!accounts) {
    return { view: null, granted: () => detail, isOpen: () => false, onChange: () => {} };
  }
  const { field, many, required, named, choices, unavailable } = accounts;
  if (unavailable || choices.length === 0) {
    return {
      view: element(
        "div",
        { class: "no-accounts" },
        element("p", {}, say(unavailable ? "detail.unavailable" : "detail.no-accounts")),
        unavailable &&
          element("button", { type: "button", class: "button plain", onclick: tryAgain }, say("detail.try-again")),
      ),
      granted: () => detail,
      isOpen: () => required || named.length > 0,
      onChange: () => {},
    };
  }
  const boxes = choices.map(({ id }) =>
    element("input", {
      type: many ? "checkbox" : "radio",
      name: group,
      value: id,
      checked: choices.length === 1,
    }),
  );
  const chosen = () => boxes.filter((box) => box.checked).map((box) => ({ id: box.value }));
  return {
    view: element(
      "fieldset",
      { class: "accounts" },
      element("legend", {}, say(many ? "detail.choose-accounts" : "detail.choose-account")),
      element(
        "ul",
        {},
        choices.map((account, place) =>
          element("li", {}, element("label", { class: "permission" }, boxes[place], accountText(account))),
        ),
      ),
    ),
    granted: () => ({ ...detail, [field]: many ? chosen() : chosen()[0] }),
    isOpen: () => chosen().length === 0,
    onChange: (listener) => boxes.forEach((box) => box.addEventListener("change", listener)),
  };
}

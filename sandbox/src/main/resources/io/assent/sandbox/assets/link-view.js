// Shows where a login began that waits in a browser, and what of the phone goes back there.

import { element, safeLink } from "./elements.js";
import { recently, say } from "./words.js";

const NUMBER = /^[1-9][0-9]$/;

/** What an attacker can't choose freely: the customer compares it with what is before them. */
export function origin(link) {
  return element(
    "section",
    { class: "group origin", "aria-labelledby": "origin-title" },
    element("h3", { id: "origin-title" }, say("link.title")),
    element(
      "dl",
      { class: "facts" },
      link.domain && fact("link.domain", link.domain),
      fact("link.browser", browserAndSystem(link)),
      fact("link.started", recently(new Date(link.startedAt))),
      link.place && fact("link.place", link.place),
      typeof link.sameNetwork === "boolean" &&
        fact("link.network", say(link.sameNetwork ? "link.same-network" : "link.other-network")),
    ),
    element("p", { class: "warning" }, element("strong", {}, say("link.warning")), " ", say("link.warning-why")),
  );
}

function fact(name, value) {
  return element("div", {}, element("dt", {}, say(name)), element("dd", {}, element("bdi", {}, value)));
}

function browserAndSystem({ browser, system }) {
  const places = { browser: named(browser) ?? say("link.other-browser"), system: named(system) ?? say("link.other-system") };
  return say("link.browser-on", places);
}

const named = (family) => (family && family !== "other" ? family : null);

/**
 * The field for the number that the page shows, where it has to be typed.
 *
 * @return `value` is null where none is asked for
 */
export function numberField(link) {
  if (!link?.numberRequired) {
    return { view: null, value: () => null, isOpen: () => false, onChange() {}, focus() {} };
  }
  const field = element("input", {
    id: "number",
    inputmode: "numeric",
    maxlength: "2",
    autocomplete: "off",
    "aria-describedby": "number-hint",
  });
  return {
    view: element(
      "div",
      { class: "group number" },
      element("label", { for: "number" }, say("link.number")),
      element("p", { id: "number-hint", class: "quiet" }, say("link.number-hint")),
      field,
    ),
    value: () => field.value.trim(),
    isOpen: () => !NUMBER.test(field.value.trim()),
    onChange: (listener) => field.addEventListener("input", listener),
    focus() {
      field.select();
      field.focus();
    },
  };
}

/** What the customer does next in the browser, after a yes. */
export function wayBack(link) {
  const address = safeLink(link.returnUri);
  return element(
    "div",
    { class: "way-back" },
    link.code
      ? [
          element("p", {}, say("link.code")),
          element("p", { class: "digits" }, element("span", {}, link.code.slice(0, 3)), " ", element("span", {}, link.code.slice(3))),
          element("p", { class: "warning" }, say("link.code-warning")),
        ]
      : element("p", { class: "quiet" }, say("link.goes-on")),
    address &&
      element(
        "a",
        { id: "return", class: "button wide", href: address, target: "_blank", rel: "noopener noreferrer" },
        say("link.return"),
      ),
    address && link.code && element("p", { class: "quiet" }, say("link.return-hint")),
  );
}

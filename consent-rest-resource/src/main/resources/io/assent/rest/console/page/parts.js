// What views are made of, in PatternFly's classes, which Keycloak's console uses.

import { Refusal } from "./api.js";
import { element, newId } from "./elements.js";
import { say, sayOr } from "./words.js";

/** A word with a colour; the word says it all. */
export const label = (text, colour = "") =>
  element(
    "span",
    { class: `pf-v5-c-label ${colour && `pf-m-${colour}`}` },
    element("span", { class: "pf-v5-c-label__content" }, element("span", { class: "pf-v5-c-label__text" }, text)),
  );

/** @param kind primary, secondary, danger or link */
export const button = (text, kind, onclick, attributes = {}) =>
  element("button", { type: "button", class: `pf-v5-c-button pf-m-${kind}`, onclick, ...attributes }, text);

export const link = (href, text, attributes = {}) => element("a", { href, ...attributes }, text);

export const card = (title, ...content) => {
  const id = newId();
  return element(
    "section",
    { class: "pf-v5-c-card pf-m-bordered st-card", "aria-labelledby": id },
    element(
      "div",
      { class: "pf-v5-c-card__header" },
      element("h2", { class: "pf-v5-c-card__title-text", id }, title),
    ),
    element("div", { class: "pf-v5-c-card__body" }, content),
  );
};

/** A list of names and values; those without a value are left out. */
export const facts = (pairs) =>
  element(
    "dl",
    { class: "pf-v5-c-description-list pf-m-horizontal-on-md st-facts" },
    pairs
      .filter(([, value]) => value !== null && value !== undefined && value !== "")
      .map(([name, value]) =>
        element(
          "div",
          { class: "pf-v5-c-description-list__group" },
          element(
            "dt",
            { class: "pf-v5-c-description-list__term" },
            element("span", { class: "pf-v5-c-description-list__text" }, name),
          ),
          element(
            "dd",
            { class: "pf-v5-c-description-list__description" },
            element("div", { class: "pf-v5-c-description-list__text" }, value),
          ),
        ),
      ),
  );

const ALERTS = { success: "alert.success", danger: "alert.danger", warning: "alert.warning", info: "alert.info" };

/** @param kind success, danger, warning or info, which is said in a word for who sees no colour */
export const alert = (kind, text, ...more) =>
  element(
    "div",
    {
      class: `pf-v5-c-alert pf-m-${kind} pf-m-inline st-alert`,
      role: kind === "danger" ? "alert" : "status",
      tabindex: "-1",
    },
    element(
      "p",
      { class: "pf-v5-c-alert__title" },
      element("span", { class: "pf-v5-u-screen-reader st-unseen" }, `${say(ALERTS[kind])} `),
      text,
    ),
    more.length > 0 && element("div", { class: "pf-v5-c-alert__description" }, more),
  );

/** Why something came to nothing, for people. */
export function reason(error) {
  if (error instanceof Refusal) {
    const general = error.status === 404 ? say("error.404") : say("error.status", { status: error.status });
    return sayOr(`error.${error.name || error.status}`, general);
  }
  if (error instanceof TypeError) {
    return say("error.connection");
  }
  // a fault of this page, for whoever looks for it
  reportError(error);
  return say("error.fault");
}

/**
 * What a call brings, once it is there. What who is logged in may not see is not there.
 *
 * @param whole what is taken away then; without it, what is said instead
 */
export function loaded(call, show, whole) {
  const place = element("div", { class: "st-loaded", "aria-busy": "true" }, element("p", {}, say("loading")));
  const load = async () => {
    try {
      place.replaceChildren(...[show(await call())].flat(Infinity).filter(Boolean));
    } catch (error) {
      if (whole && error instanceof Refusal && error.status === 403) {
        whole().remove();
      } else {
        place.replaceChildren(alert("danger", reason(error), button(say("retry"), "link pf-m-inline", load)));
      }
    }
    place.removeAttribute("aria-busy");
  };
  load();
  return place;
}

/** A card with what a call brings; it goes away where that is refused. */
export function loadedCard(title, call, show) {
  const made = card(
    title,
    loaded(call, show, () => made),
  );
  return made;
}

/** Says what came of something, at the top of the view, and has the focus there. */
export function tell(kind, text) {
  const place = document.getElementById("told");
  place.replaceChildren(alert(kind, text));
  place.firstChild.focus();
  place.scrollIntoView({ block: "nearest" });
}

/** What came of the step before is no news any more. */
export const forgetTold = () => document.getElementById("told").replaceChildren();

/** Does something, and says what came of it. */
export async function act(call, done) {
  forgetTold();
  try {
    const result = await call();
    tell("success", done);
    return result;
  } catch (error) {
    tell("danger", reason(error));
    return undefined;
  }
}

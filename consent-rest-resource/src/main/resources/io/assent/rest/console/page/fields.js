// Fields of a form. Each has its `place`, its `value()`, and a `check()` that says at the field what is wrong with it;
// `complain` says there what somebody else found.

import { element, newId } from "./elements.js";
import { say } from "./words.js";

/** What is wrong with nothing. */
export const missing = (value) => (value.length === 0 ? say("question.missing") : "");

/**
 * One line.
 *
 * @param most how many characters it may have
 * @param flaw the words for what is wrong with a value; without it, that nothing is there
 */
export function lineField({ label, hint, most, flaw = missing }) {
  const control = element("input", { maxlength: most, autocomplete: "off", spellcheck: "false" });
  return field({ label, hint, control, flaw, value: () => control.value.trim() });
}

/** Several lines, or none. */
export function linesField({ label, hint, rows }) {
  const control = element("textarea", { rows, autocomplete: "off", spellcheck: "false" });
  const value = () =>
    control.value
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  return field({ label, hint, control, flaw: () => "", value: () => [...new Set(value())] });
}

/**
 * One of some.
 *
 * @param options pairs of a value and words
 * @param changed what is called when another one is chosen
 */
export function choiceField({ label, hint, options, changed }) {
  const control = element(
    "select",
    { onchange: changed },
    options.map(([value, words]) => element("option", { value }, words)),
  );
  return field({ label, hint, control, flaw: missing, value: () => control.value });
}

/** Some of some, at least one. @param options of each its `name` and `title` */
export function ticksField({ label, hint, options }) {
  const boxes = options.map(({ name, title }) => ({ name, title, id: newId(), nameId: newId() }));
  const ticks = boxes.map(({ name, id, nameId }) =>
    element("input", { type: "checkbox", class: "pf-v5-c-check__input", id, value: name, "aria-describedby": nameId }),
  );
  const help = helpOf(hint);
  const place = element(
    "fieldset",
    { class: "pf-v5-c-form__group st-field", "aria-describedby": help.id },
    element("legend", { class: "pf-v5-c-form__label" }, label),
    boxes.map(({ title, name, id, nameId }, at) =>
      element(
        "div",
        { class: "pf-v5-c-check" },
        ticks[at],
        element("label", { class: "pf-v5-c-check__label", for: id }, title),
        element("span", { class: "pf-v5-c-check__description", id: nameId }, name),
      ),
    ),
    help.place,
  );
  const value = () => ticks.filter(({ checked }) => checked).map((tick) => tick.value);
  return checked({ place, value, flaw: missing, complain: help.say, focus: () => ticks[0].focus() });
}

/** One box, not ticked at first. */
export function tickField({ label, hint }) {
  const id = newId();
  const help = helpOf(hint);
  const tick = element("input", { type: "checkbox", class: "pf-v5-c-check__input", id, "aria-describedby": help.id });
  const place = element(
    "div",
    { class: "pf-v5-c-form__group st-field" },
    element("div", { class: "pf-v5-c-check" }, tick, element("label", { class: "pf-v5-c-check__label", for: id }, label)),
    help.place,
  );
  return checked({ place, value: () => tick.checked, flaw: () => "", complain: help.say, focus: () => tick.focus() });
}

function field({ label, hint, control, flaw, value }) {
  const id = newId();
  const help = helpOf(hint);
  control.id = id;
  control.setAttribute("aria-describedby", help.id);
  const frame = element("span", { class: "pf-v5-c-form-control" }, control);
  const place = element(
    "div",
    { class: "pf-v5-c-form__group st-field" },
    element("label", { class: "pf-v5-c-form__label", for: id }, label),
    frame,
    help.place,
  );
  const complain = (words) => {
    frame.classList.toggle("pf-m-error", words !== "");
    control.setAttribute("aria-invalid", String(words !== ""));
    help.say(words);
  };
  return checked({ place, value, flaw, complain, focus: () => control.focus() });
}

const checked = ({ place, value, flaw, complain, focus }) => ({
  place,
  value,
  complain,
  focus,
  check: () => {
    const words = flaw(value());
    complain(words);
    return words === "";
  },
});

function helpOf(hint) {
  const id = newId();
  const place = element("div", { id, class: "st-hint" }, hint);
  const say = (words) =>
    place.replaceChildren(...(words === "" ? [hint ?? ""] : [element("strong", { role: "alert" }, words)]));
  return { id, place, say };
}

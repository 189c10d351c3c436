// What narrows a list: fields whose values are in the address, so that a view can be kept and sent on.

import { element, newId } from "./elements.js";
import { button } from "./parts.js";
import { within } from "./route.js";
import { say } from "./words.js";

/**
 * @param view which one it is of
 * @param fields of each its `name`, `label`, and and `options` (pairs of a value and words) or the `type` of its input
 * @param values what is chosen
 */
export function filter(view, fields, values) {
  const form = element(
    "form",
    {
      class: "st-filter",
      role: "search",
      onsubmit: (event) => {
        event.preventDefault();
        location.hash = within(view, "", Object.fromEntries(new FormData(form)));
      },
    },
    fields.map((field) => labelled(field, values[field.name] ?? "")),
    button(say("filter.apply"), "secondary", () => {}, { type: "submit" }),
  );
  return form;
}

function labelled({ name, label, options, type = "search" }, value) {
  const id = newId();
  const control = options
    ? element(
        "select",
        { id, name },
        options.map(([option, words]) => element("option", { value: option, selected: option === value }, words)),
      )
    : element("input", { id, name, value, type, maxlength: "255", autocomplete: "off" });
  return element(
    "div",
    { class: "st-filter-field" },
    element("label", { class: "pf-v5-c-form__label", for: id }, label),
    element("span", { class: "pf-v5-c-form-control" }, control),
  );
}

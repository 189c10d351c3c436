// Asks before something is done.

import { element, newId } from "./elements.js";
import { lineField } from "./fields.js";
import { button } from "./parts.js";
import { say } from "./words.js";

/**
 * @param title what is asked
 * @param text what comes of a yes
 * @param answer the words of the yes
 * @param danger whether it can't be undone
 * @param field what is to be written besides, with its `label`, `most` characters and a `hint`; or nothing
 * @return what was written, or an empty text; null where the answer is no
 */
export function ask({ title, text, answer, danger = false, field }) {
  return new Promise((resolve) => {
    const id = newId();
    const input = field && lineField(field);
    let answered = null;
    const dialog = element(
      "dialog",
      {
        class: "pf-v5-c-modal-box pf-m-sm st-question",
        "aria-labelledby": id,
        onclose: () => {
          dialog.remove();
          resolve(answered);
        },
      },
      element(
        "form",
        {
          onsubmit: (event) => {
            event.preventDefault();
            answered = input ? input.value() : "";
            if (!input || input.check()) {
              dialog.close();
            } else {
              answered = null;
              input.focus();
            }
          },
          novalidate: true,
        },
        element(
          "header",
          { class: "pf-v5-c-modal-box__header" },
          // so that a screen reader begins at the beginning, and Enter does nothing yet
          element("h2", { class: "pf-v5-c-modal-box__title", id, tabindex: "-1", autofocus: true }, title),
        ),
        element(
          "div",
          { class: "pf-v5-c-modal-box__body" },
          [text].flat().map((line) => element("p", {}, line)),
          input?.place,
        ),
        element(
          "footer",
          { class: "pf-v5-c-modal-box__footer" },
          button(answer, danger ? "danger" : "primary", () => {}, { type: "submit" }),
          button(say("cancel"), "link", () => dialog.close()),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

import { createElement as h, useEffect, useId, useRef, useState } from "react";

/** Asks before something is done. The dialog stays open until it is done. */
export function Question({ title, answer, cancel, danger, onAnswer, onClose, children }) {
  const dialog = useRef();
  const heading = useRef();
  const id = useId();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    dialog.current.showModal();
    // so that a screen reader begins at the beginning, and Enter does nothing yet
    heading.current.focus();
  }, []);

  const submit = async (event) => {
    event.preventDefault();
    if (!busy) {
      setBusy(true);
      await onAnswer();
      setBusy(false);
    }
  };

  return h(
    "dialog",
    { ref: dialog, className: "cc-question", "aria-labelledby": id, onClose },
    h(
      "form",
      { onSubmit: submit },
      h("h2", { id, ref: heading, tabIndex: -1 }, title),
      children,
      h(
        "div",
        { className: "cc-buttons" },
        h("button", { className: danger ? "cc-button cc-danger" : "cc-button cc-primary", disabled: busy }, answer),
        h("button", { type: "button", className: "cc-button", onClick: () => dialog.current.close() }, cancel),
      ),
    ),
  );
}

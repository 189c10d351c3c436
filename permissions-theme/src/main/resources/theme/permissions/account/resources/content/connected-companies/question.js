import { createElement as h, useEffect, useId, useRef, useState } from "react";

/**
 * Asks before something is done. The dialog stays open until it is done.
 *
 * @param answer the words of the yes; false where none can be given
 * @param isReady whether it can be given yet
 */
export function Question({ title, answer, cancel, danger, isReady = true, onAnswer, onClose, children }) {
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
    if (!busy && answer && isReady) {
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
        answer &&
          h(
            "button",
            { className: danger ? "cc-button cc-danger" : "cc-button cc-primary", disabled: busy || !isReady },
            answer,
          ),
        h("button", { type: "button", className: "cc-button", onClick: () => dialog.current.close() }, cancel),
      ),
    ),
  );
}

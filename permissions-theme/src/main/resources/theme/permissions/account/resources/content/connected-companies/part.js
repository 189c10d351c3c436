import { createElement as h, useId, useState } from "react";
import { permissionsOf } from "./company.js";
import { Question } from "./question.js";

/** Asks which part is taken back. What is ticked goes, and nothing is ticked at first. */
export function PartQuestion({ consent, title, texts, name, ends, onTakeBack, onClose }) {
  const [ticked, setTicked] = useState(new Set());
  const [empty, setEmpty] = useState(false);
  const id = useId();
  const permissions = permissionsOf(consent);
  const rest = permissions.map(({ scope }) => scope).filter((scope) => !ticked.has(scope));

  const toggle = (scope) => {
    const next = new Set(ticked);
    if (!next.delete(scope)) {
      next.add(scope);
    }
    setTicked(next);
    setEmpty(false);
  };
  const answer = async () => {
    if (ticked.size === 0) {
      setEmpty(true);
    } else {
      await onTakeBack(rest);
    }
  };

  return h(
    Question,
    {
      title,
      answer: texts("connectedCompanies.takeBackTicked"),
      cancel: texts("connectedCompanies.cancel"),
      danger: true,
      onAnswer: answer,
      onClose,
    },
    h("p", { id }, rest.length > 0 ? texts("connectedCompanies.partEnds", { name }) : ends),
    h(
      "fieldset",
      { "aria-describedby": id },
      h("legend", null, texts("connectedCompanies.which")),
      permissions.map(({ scope, title: permission }) =>
        h(
          "label",
          { key: scope, className: "cc-choice" },
          h("input", { type: "checkbox", value: scope, checked: ticked.has(scope), onChange: () => toggle(scope) }),
          h("bdi", null, permission),
        ),
      ),
    ),
    h("p", { className: "cc-error", role: "alert" }, empty ? texts("connectedCompanies.nothingTicked") : null),
  );
}

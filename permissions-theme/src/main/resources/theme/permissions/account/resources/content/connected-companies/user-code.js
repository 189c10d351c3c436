import { createElement as h, useCallback, useEffect, useId, useState } from "react";
import * as consents from "./consents.js";
import { Question } from "./question.js";
import { date } from "./texts.js";

/** What the API takes as a code. */
const CODE = /^[!-~]{4,64}$/;

/** The code without which nobody can ask. It is never shown, not even to who set it. */
export function UserCode({ texts, language, act }) {
  const text = (key, places) => texts(`connectedCompanies.${key}`, places);
  const [code, setCode] = useState();
  const [asked, setAsked] = useState();

  const load = useCallback(async () => {
    try {
      setCode(await consents.userCode());
    } catch (error) {
      // the page says why: nothing of it could be loaded
      consents.reasonOf(error);
    }
  }, []);
  useEffect(() => {
    load();
  }, [load]);

  const close = () => setAsked(undefined);
  /** The question is closed before the page says what came of it, so that the focus can go there. */
  const change = (call, done) =>
    act(async () => {
      try {
        await call();
        await load();
      } finally {
        close();
      }
    }, text(done));

  return (
    code &&
    h(
      "section",
      { className: "cc-code" },
      h("h2", null, text("code.title")),
      h("p", null, text("code.intro")),
      h("p", { className: "cc-quiet" }, code.setAt ? text("code.since", { date: date(language, code.setAt) }) : text("code.none")),
      h(
        "div",
        { className: "cc-buttons" },
        h(
          "button",
          { type: "button", className: "cc-button", onClick: () => setAsked("set") },
          text(code.setAt ? "code.change" : "code.set"),
        ),
        code.setAt &&
          h("button", { type: "button", className: "cc-button", onClick: () => setAsked("remove") }, text("code.remove")),
      ),
      asked === "set" &&
        h(CodeQuestion, {
          texts,
          title: text(code.setAt ? "code.change" : "code.set"),
          onAnswer: (typed) => change(() => consents.setUserCode(typed), "code.done.set"),
          onClose: close,
        }),
      asked === "remove" &&
        h(
          Question,
          {
            title: text("code.askRemove"),
            answer: text("code.remove"),
            cancel: text("cancel"),
            danger: true,
            onAnswer: () => change(consents.removeUserCode, "code.done.removed"),
            onClose: close,
          },
          h("p", null, text("code.removes")),
        ),
    )
  );
}

function CodeQuestion({ texts, title, onAnswer, onClose }) {
  const text = (key) => texts(`connectedCompanies.${key}`);
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const id = useId();

  const answer = async () => {
    if (CODE.test(typed)) {
      await onAnswer(typed);
    } else {
      setWrong(true);
    }
  };
  return h(
    Question,
    { title, answer: text("code.save"), cancel: text("cancel"), onAnswer: answer, onClose },
    h(
      "label",
      { className: "cc-field" },
      text("code.label"),
      h("input", {
        type: "password",
        value: typed,
        maxLength: 64,
        autoComplete: "off",
        "aria-describedby": id,
        "aria-invalid": wrong,
        onChange: (event) => {
          setTyped(event.target.value);
          setWrong(false);
        },
      }),
    ),
    h("p", { id, className: "cc-quiet" }, text("code.rule")),
    h("p", { className: "cc-error", role: "alert" }, wrong ? text("code.wrong") : null),
  );
}

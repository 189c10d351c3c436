// The page "Connected companies" of the account console, which loads it as content.json says. There is no build: what
// is here is what the browser runs. React comes from the console's own import map.

import { createElement as h, useCallback, useEffect, useRef, useState } from "react";
import { Company, nameOf } from "./company.js";
import { ConfirmQuestion } from "./confirm.js";
import * as consents from "./consents.js";
import { language as languageOfConsole } from "./console.js";
import { Ended } from "./ended.js";
import { PartQuestion } from "./part.js";
import { Partners } from "./partners.js";
import { Question } from "./question.js";
import { isolated, loadTexts } from "./texts.js";
import { UserCode } from "./user-code.js";

export default function ConnectedCompanies() {
  const [language] = useState(languageOfConsole);
  const [texts, setTexts] = useState();

  useEffect(() => {
    loadTexts(language).then(
      (loaded) => setTexts(() => loaded),
      // without words there is nothing to show but the console's own page for errors
      (error) =>
        setTexts(() => {
          throw error;
        }),
    );
  }, [language]);

  return texts && h(Page, { texts, language });
}

function Page({ texts, language }) {
  const [live, setLive] = useState();
  const [partners, setPartners] = useState([]);
  const [reason, setReason] = useState();
  const [notice, setNotice] = useState();
  const [asked, setAsked] = useState();
  const [changes, setChanges] = useState(0);

  const load = useCallback(async () => {
    try {
      const [standing, connected] = await Promise.all([consents.live(), consents.partners()]);
      setPartners(connected);
      setLive(standing);
      setReason(undefined);
    } catch (error) {
      setReason(consents.reasonOf(error));
    }
  }, []);
  useEffect(() => {
    load();
  }, [load]);

  /** Does something, says what came of it, and shows what stands then. */
  const act = async (call, done) => {
    let outcome;
    try {
      await call();
      outcome = { text: done };
    } catch (error) {
      outcome = { text: texts(`connectedCompanies.error.${consents.reasonOf(error)}`), failed: true };
    }
    await load();
    setChanges((count) => count + 1);
    setAsked(undefined);
    setNotice(outcome);
  };
  const ask = (kind, consent) => () => setAsked({ kind, consent });
  const askPartner = (partner) => () => setAsked({ kind: "partner", partner });
  const partnerOf = (consent) => partners.find(({ pairId }) => pairId && pairId === consent?.pairId);

  return h(
    "section",
    { className: "cc-page pf-v5-c-page__main-section pf-m-light" },
    h("h1", null, texts("connectedCompanies")),
    h("p", { className: "cc-quiet" }, texts("connectedCompanies.intro")),
    notice && h(Notice, { notice }),
    reason && h(Trouble, { reason, texts, onRetry: load }),
    !live && !reason && h("p", { role: "status" }, texts("connectedCompanies.loading")),
    live?.length === 0 && h("p", { className: "cc-none" }, texts("connectedCompanies.none")),
    live &&
      h(
        "div",
        { className: "cc-companies" },
        live.map((consent) =>
          h(Company, {
            key: consent.id,
            consent,
            texts,
            language,
            onTakeBack: ask("all", consent),
            onTakeBackPart: ask("part", consent),
            onConfirm: ask("confirm", consent),
          }),
        ),
      ),
    live && partners.length > 0 && h(Partners, { partners, texts, language, onEnd: askPartner }),
    live && h(Ended, { texts, language, changes }),
    live && h(UserCode, { texts, language, act }),
    asked &&
      h(Asked, {
        asked,
        isOnly: !live?.some((other) => isBesides(other, asked.consent)),
        partner: asked.partner ?? partnerOf(asked.consent),
        texts,
        act,
        onClose: () => setAsked(undefined),
      }),
  );
}

/** Whether it is another access of the same company, which stays when this one ends. */
const isBesides = (other, consent) =>
  consent && other.id !== consent.id && other.client && other.client.clientId === consent.client?.clientId;

/** The question that is open. `isOnly`: whether the company has no other access. */
function Asked({ asked: { kind, consent }, isOnly, partner, texts, act, onClose }) {
  const name = isolated(consent ? nameOf(consent, texts) : partner.name);
  const text = (key) => texts(`connectedCompanies.${key}`, { name });
  const ends = text(isOnly ? "allEnds" : "oneEnds");
  const [both, setBoth] = useState(false);
  const takeBack = () => act(() => consents.takeBack(consent.id, both), text(isOnly ? "done.takenBack" : "done.oneTakenBack"));
  const takeBackPart = (rest) =>
    rest.length === 0 ? takeBack() : act(() => consents.narrow(consent.id, rest), text("done.narrowed"));
  const confirm = (signed) => act(() => consents.confirm(consent.id, signed), text("done.confirmed"));

  switch (kind) {
    case "part":
      return h(PartQuestion, { consent, texts, name, title: text("askPart"), ends, onTakeBack: takeBackPart, onClose });
    case "confirm":
      return h(ConfirmQuestion, { consent, texts, name, title: text("askConfirm"), onConfirm: confirm, onClose });
    case "partner":
      return h(
        Question,
        {
          title: text("partners.ask"),
          answer: text("takeBack"),
          cancel: text("cancel"),
          danger: true,
          onAnswer: () => act(() => consents.endPartner(partner.id), text("partners.done")),
          onClose,
        },
        h("p", null, text("partners.ends")),
      );
    default:
      return h(
        Question,
        {
          title: text(isOnly ? "ask" : "askOne"),
          answer: text("takeBack"),
          cancel: text("cancel"),
          danger: true,
          onAnswer: takeBack,
          onClose,
        },
        h("p", null, ends),
        partner &&
          h(
            "label",
            { className: "cc-choice" },
            h("input", { type: "checkbox", checked: both, onChange: (event) => setBoth(event.target.checked) }),
            text("partners.both"),
          ),
      );
  }
}

/** What came of it. The focus goes there, for what had it may be gone. */
function Notice({ notice }) {
  const box = useRef();
  useEffect(() => box.current.focus(), [notice]);
  return h(
    "p",
    { ref: box, tabIndex: -1, role: notice.failed ? "alert" : "status", className: notice.failed ? "cc-error" : "cc-done" },
    notice.text,
  );
}

/** Why nothing can be shown. */
function Trouble({ reason, texts, onRetry }) {
  const isOut = reason === "login";
  return h(
    "div",
    { className: "cc-error", role: "alert" },
    h("p", null, texts(`connectedCompanies.error.${reason}`)),
    h(
      "button",
      { type: "button", className: "cc-button", onClick: isOut ? () => location.reload() : onRetry },
      texts(isOut ? "connectedCompanies.logIn" : "connectedCompanies.retry"),
    ),
  );
}

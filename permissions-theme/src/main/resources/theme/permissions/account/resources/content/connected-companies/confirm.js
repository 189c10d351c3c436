import { createElement as h, useEffect, useState } from "react";
import { Permissions } from "./company.js";
import { environment } from "./console.js";
import * as consents from "./consents.js";
import { DetailList } from "./details.js";
import { sign, usable } from "./passkey.js";
import { Question } from "./question.js";

/** The console's own page for passkeys. */
const SIGNING_IN = `${environment.baseUrl.replace(/\/$/, "")}/account-security/signing-in`;

/** Asks whether a company keeps its access. Where the bank wants a signature, the passkey signs what stands here. */
export function ConfirmQuestion({ consent, texts, name, title, onConfirm, onClose }) {
  const text = (key) => texts(`connectedCompanies.${key}`, { name });
  const [found, setFound] = useState();
  const [trouble, setTrouble] = useState();

  useEffect(() => {
    consents.find(consent.id).then(setFound, (error) => setTrouble(text(`error.${consents.reasonOf(error)}`)));
  }, [consent]);

  const isSigned = found && (found.signatureRequired ?? "none") !== "none";
  const isPossible = !isSigned || (usable() && found.passkey);
  const answer = async () => {
    if (!isSigned) {
      return onConfirm();
    }
    setTrouble(undefined);
    let passkey;
    try {
      passkey = await sign(found);
    } catch (error) {
      const isNotUsed = error.name === "NotAllowedError" || error.name === "AbortError";
      setTrouble(text(isNotUsed ? "passkeyNotUsed" : "passkeyFailed"));
      return undefined;
    }
    return onConfirm({ passkey });
  };

  return h(
    Question,
    {
      title,
      answer: isPossible && text("confirm"),
      cancel: text("cancel"),
      isReady: Boolean(found),
      onAnswer: answer,
      onClose,
    },
    h("p", null, text("confirmed")),
    isSigned && h(Signed, { consent: found, texts, text }),
    h("p", { className: "cc-error", role: "alert" }, trouble),
  );
}

/** What is signed, and with what. */
function Signed({ consent, texts, text }) {
  return [
    h(DetailList, { key: "details", details: consent.details, texts }),
    consent.groups.length > 0 && h(Permissions, { key: "permissions", groups: consent.groups }),
    h(
      "div",
      { key: "passkey", className: "cc-note" },
      consent.passkey && h("p", null, text(usable() ? "passkey" : "passkeyUnusable")),
      !consent.passkey && h("p", null, text("passkeyMissing")),
      !consent.passkey && h("a", { href: SIGNING_IN }, text("passkeySetUp")),
    ),
  ];
}

import { createElement as h, useCallback, useEffect, useState } from "react";
import { Logo, nameOf } from "./company.js";
import * as consents from "./consents.js";
import { Headlines } from "./details.js";
import { date, isolated } from "./texts.js";

const PAGE = 20;
const YEARS = 2;
const NONE = { all: [], next: null };

/** What ended in the last two years, newest first, and who ended it. */
export function Ended({ texts, language, changes }) {
  const [shown, setShown] = useState(NONE);
  const [loaded, setLoaded] = useState();
  const [reason, setReason] = useState();

  const load = useCallback(async (before) => {
    try {
      const page = await consents.ended(before.next, PAGE);
      setShown({ all: [...before.all, ...page.consents], next: page.next });
      setReason(undefined);
    } catch (error) {
      setReason(consents.reasonOf(error));
    }
  }, []);
  useEffect(() => {
    load(NONE).then(() => setLoaded(changes));
  }, [load, changes]);
  // nothing is said of what is not known yet
  const isLoading = loaded !== changes;

  const oldest = new Date();
  oldest.setFullYear(oldest.getFullYear() - YEARS);
  const recent = shown.all.filter(({ endedAt }) => new Date(endedAt) >= oldest);
  const isSome = recent.length > 0 || shown.next;
  return h(
    "section",
    { className: "cc-ended", "aria-labelledby": "cc-ended", "aria-busy": isLoading },
    h("h2", { id: "cc-ended" }, texts("connectedCompanies.history")),
    h(
      "p",
      { className: "cc-quiet" },
      texts(`connectedCompanies.${isSome ? "historyIntro" : isLoading ? "loading" : "historyEmpty"}`),
    ),
    reason && h("p", { className: "cc-error", role: "alert" }, texts(`connectedCompanies.error.${reason}`)),
    h(
      "ul",
      null,
      recent.map((consent) => h(Line, { key: consent.id, consent, texts, language })),
    ),
    shown.next &&
      h(
        "button",
        { type: "button", className: "cc-button", onClick: () => load(shown) },
        texts("connectedCompanies.more"),
      ),
  );
}

function Line({ consent, texts, language }) {
  const name = nameOf(consent, texts);
  return h(
    "li",
    null,
    h(Logo, { client: consent.client, name }),
    h(
      "div",
      null,
      h("h3", null, h("bdi", null, name)),
      h(Headlines, { details: consent.details }),
      h("p", null, texts(`connectedCompanies.ended.${howItEnded(consent)}`, { name: isolated(name) })),
      h(
        "p",
        { className: "cc-quiet" },
        texts("connectedCompanies.fromTo", {
          from: date(language, consent.grantedAt),
          to: date(language, consent.endedAt),
        }),
      ),
    ),
  );
}

/** Who took it back; where nobody did, what happened to it. */
const howItEnded = ({ status, endedBy }) => (status === "revoked" ? `by.${endedBy}` : status);

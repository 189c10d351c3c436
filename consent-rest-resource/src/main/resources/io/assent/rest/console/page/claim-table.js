// Which data about a customer permissions are for: the names of claims, and no value.

import { element, foreign } from "./elements.js";
import { table } from "./table.js";
import { say } from "./words.js";

/** @param all of permissions, as the API has them */
export const claimTable = (caption, all) =>
  table(
    caption,
    [
      { title: say("claims.claim"), cell: ({ claim }) => claim ?? say("claims.noneNow") },
      { title: say("claims.verified"), cell: ({ verified }) => (verified ? underWhich(verified) : say("claims.unverified")) },
      { title: say("claims.purpose"), cell: ({ purpose }) => (purpose ? quoted(purpose) : "–") },
      {
        title: say("claims.permission"),
        cell: ({ scope, whole }) => [scope, whole && element("span", { class: "st-quiet" }, ` ${say("claims.whole")}`)],
      },
    ],
    all.flatMap(rows),
  );

function rows({ scope, whole, claims, verified }) {
  const plain = claims.map((claim) => ({ claim, scope, whole }));
  const checked = verified.flatMap((wish) =>
    wish.claims.map(({ name, purpose }) => ({ claim: name, purpose, verified: wish, scope })),
  );
  const found = [...plain, ...checked];
  return found.length > 0 ? found : [{ scope, whole }];
}

const underWhich = ({ trustFrameworks, evidence }) =>
  element(
    "span",
    { class: "st-words" },
    trustFrameworks.length > 0
      ? trustFrameworks.map((name, place) => [place > 0 && ", ", foreign(name)])
      : say("claims.anyFramework"),
    evidence && element("span", { class: "st-quiet" }, ` ${say("claims.evidence")}`),
  );

/** A text of the company's, which nobody takes for the bank's. */
const quoted = (text) => element("q", {}, foreign(text));

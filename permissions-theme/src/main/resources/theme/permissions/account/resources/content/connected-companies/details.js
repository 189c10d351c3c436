import { createElement as h, useEffect, useState } from "react";
import * as consents from "./consents.js";

const HEADLINE = 1;

/** What exactly was granted, such as amount and payee of a payment, in the bank's words; and the accounts it is about. */
export function Details({ consent, texts }) {
  const [details, setDetails] = useState(consent.details);

  useEffect(() => {
    setDetails(consent.details);
    if (consent.details.some(({ accounts }) => accounts?.length > 0)) {
      // without names it is said how many there are
      consents.find(consent.id).then((found) => setDetails(found.details), consents.reasonOf);
    }
  }, [consent]);

  return h(DetailList, { details, texts });
}

/** The same of details that are known whole. */
export function DetailList({ details, texts }) {
  return details.map(({ rows, accounts }, place) =>
    h(
      "dl",
      { key: place, className: "cc-detail" },
      rows.map(({ label, value, emphasis }, row) => h(Line, { key: row, label, headline: emphasis === HEADLINE }, value)),
      accounts?.length > 0 &&
        h(
          Line,
          { label: texts(`connectedCompanies.${accounts.length > 1 ? "accounts" : "account"}`) },
          accounts.some(({ name }) => name)
            ? h(
                "ul",
                null,
                accounts.map((account) => h("li", { key: account.id }, h(Account, { account, texts }))),
              )
            : String(accounts.length),
        ),
    ),
  );
}

/** What mattered most of it, in a line for each. */
export function Headlines({ details }) {
  return details
    .map(({ rows }) => rows.filter(({ emphasis }) => emphasis === HEADLINE))
    .filter((rows) => rows.length > 0)
    .map((rows, place) =>
      h(
        "p",
        { key: place },
        rows.flatMap(({ value }, row) => [row > 0 && " · ", h("bdi", { key: row }, value)]),
      ),
    );
}

const Line = ({ label, headline, children }) =>
  h(
    "div",
    { className: headline ? "cc-headline" : undefined },
    h("dt", null, h("bdi", null, label)),
    h("dd", null, typeof children === "string" ? h("bdi", null, children) : children),
  );

/** By its name and masked number; the customer may have it no more. */
function Account({ account: { name, maskedNumber, currency }, texts }) {
  return [name ?? texts("connectedCompanies.accountGone"), maskedNumber, currency]
    .filter(Boolean)
    .flatMap((part, place) => [place > 0 && " ", h("bdi", { key: place }, part)]);
}

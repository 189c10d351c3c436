import { createElement as h } from "react";

const HEADLINE = 1;

/** What exactly was granted, such as amount and payee of a payment, in the bank's words; and the accounts it is about. */
export function Details({ details, texts }) {
  return details.map(({ rows, accounts }, place) =>
    h(
      "dl",
      { key: place, className: "cc-detail" },
      rows.map(({ label, value, emphasis }, row) => h(Line, { key: row, label, headline: emphasis === HEADLINE }, value)),
      accounts?.length > 0 &&
        h(
          Line,
          { label: texts(`connectedCompanies.${accounts.length > 1 ? "accounts" : "account"}`) },
          h(
            "ul",
            null,
            accounts.map((account) => h("li", { key: account.id }, h(Account, { account, texts }))),
          ),
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

/** By its name and masked number; the bank may know it no more. */
function Account({ account: { name, maskedNumber, currency }, texts }) {
  return [name ?? texts("connectedCompanies.accountGone"), maskedNumber, currency]
    .filter(Boolean)
    .flatMap((part, place) => [place > 0 && " ", h("bdi", { key: place }, part)]);
}

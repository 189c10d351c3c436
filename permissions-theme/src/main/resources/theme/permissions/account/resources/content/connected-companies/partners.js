import { createElement as h, useId } from "react";
import { date, isolated } from "./texts.js";

/** The other way round: what the bank sees at companies. */
export function Partners({ partners, texts, language, onEnd }) {
  return h(
    "section",
    { className: "cc-ended", "aria-labelledby": "cc-partners" },
    h("h2", { id: "cc-partners" }, texts("connectedCompanies.partners")),
    h("p", { className: "cc-quiet" }, texts("connectedCompanies.partners.intro")),
    h(
      "div",
      { className: "cc-companies" },
      partners.map((partner) => h(Partner, { key: partner.id, partner, texts, language, onEnd: onEnd(partner) })),
    ),
  );
}

function Partner({ partner, texts, language, onEnd }) {
  const id = useId();
  return h(
    "article",
    { className: "cc-company", "aria-labelledby": id },
    h("h3", { id }, texts("connectedCompanies.partners.sees", { name: isolated(partner.name) })),
    h(
      "ul",
      null,
      partner.permissions.map(({ scope, title, detail }) =>
        h("li", { key: scope }, h("bdi", null, title), detail && h("p", { className: "cc-quiet" }, h("bdi", null, detail))),
      ),
    ),
    h(
      "dl",
      { className: "cc-facts" },
      h("div", null, h("dt", null, texts("connectedCompanies.since")), h("dd", null, date(language, partner.connectedAt))),
    ),
    h(
      "div",
      { className: "cc-buttons" },
      h("button", { type: "button", className: "cc-button", onClick: onEnd, "aria-describedby": id }, texts("connectedCompanies.takeBack")),
    ),
  );
}

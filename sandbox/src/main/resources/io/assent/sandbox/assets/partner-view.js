// The other way round: what the bank may see at a company, to choose from and to end.

import { accessToken } from "./login.js";
import { element } from "./elements.js";
import { reach } from "./problem.js";
import { sandboxPath } from "./realm.js";
import { amount, day, say } from "./words.js";

/** What can be chosen beside a request, with nothing ticked; empty where there is nothing. */
export function partnerForm(offer) {
  const boxes = [];
  const choice = ({ scope, title, detail }) => {
    const box = element("input", { type: "checkbox", value: scope });
    boxes.push(box);
    return element(
      "li",
      {},
      element("label", { class: "permission" }, box, element("span", {}, title)),
      detail && element("p", { class: "quiet" }, detail),
    );
  };
  return {
    view:
      offer &&
      element(
        "fieldset",
        { class: "group other-way" },
        element("legend", {}, say("partner.we", { name: offer.name })),
        element("p", { class: "quiet" }, say("partner.what", { name: offer.name })),
        element("ul", {}, offer.permissions.map(choice)),
      ),
    /** The scopes that are ticked. */
    chosen: () => boxes.filter((box) => box.checked).map((box) => box.value),
  };
}

/** What the bank's own service reads at the partners, by their ids; nothing where that does not work. */
export async function savings() {
  try {
    const response = await reach(sandboxPath("elsewhere"), {
      headers: { Authorization: `Bearer ${await accessToken()}` },
      cache: "no-store",
      credentials: "omit",
    });
    const { partners } = response.ok ? await response.json() : { partners: [] };
    return new Map(partners.map((partner) => [partner.id, partner.savings]));
  } catch {
    return new Map();
  }
}

/** One company with what the bank sees there. */
export function partnerItem(partner, seen, onEnd) {
  const row = (name, value, currency) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, amount(value, currency)));
  return element(
    "li",
    { class: "card partner", "data-item": partner.id },
    element("strong", {}, partner.name),
    seen
      ? element(
          "dl",
          { class: "rows" },
          (seen.pots ?? []).map((pot) => row(pot.name, pot.balance, seen.currency)),
          (seen.goals ?? []).map((goal) =>
            row(say("partner.goal", { name: goal.name, day: day(goal.by) }), goal.amount, seen.currency),
          ),
        )
      : element("p", { class: "quiet" }, say("partner.silent")),
    element("button", { type: "button", class: "button plain", onclick: onEnd }, say("partner.end")),
  );
}

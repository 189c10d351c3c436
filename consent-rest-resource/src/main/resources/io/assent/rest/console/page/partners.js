// What a customer lets the bank see at partners, and how staff end it.

import { get, post } from "./api.js";
import { element, foreign } from "./elements.js";
import { companyLink } from "./names.js";
import { act, button, label, loaded } from "./parts.js";
import { ask } from "./question.js";
import { table } from "./table.js";
import { moment, say } from "./words.js";

export function partnerTable(customerId, rights) {
  const path = `/customers/${encodeURIComponent(customerId)}/partners`;
  const place = element("div", {});
  const show = () =>
    place.replaceChildren(
      loaded(
        () => get(path),
        ({ partners }) => (partners.length === 0 ? say("partners.none") : table(say("partners"), columns(path, rights, show), partners)),
      ),
    );
  show();
  return place;
}

const columns = (path, rights, again) => [
  { title: say("partner"), cell: ({ alias }) => foreign(alias) },
  { title: say("company"), cell: ({ client }) => companyLink(client) },
  { title: say("partner.scopes"), cell: ({ scopes }) => foreign(scopes.join(", ")) },
  { title: say("partner.since"), cell: ({ connectedAt }) => moment(connectedAt) },
  {
    title: say("status"),
    cell: ({ endedBy }) => (endedBy ? label(say(`partner.ended.${endedBy}`)) : label(say("partner.connected"), "green")),
  },
  ...(rights.managesCustomers
    ? [
        {
          title: say("action"),
          cell: (partner) => !partner.endedAt && button(say("partner.end"), "danger pf-m-small", () => end(path, partner, again)),
        },
      ]
    : []),
];

async function end(path, { id }, again) {
  const answer = await ask({
    title: say("partner.end.ask"),
    text: say("partner.end.text"),
    answer: say("partner.end"),
    danger: true,
  });
  if (answer !== null) {
    await act(() => post(`${path}/${encodeURIComponent(id)}/end`), say("partner.end.done"));
    again();
  }
}

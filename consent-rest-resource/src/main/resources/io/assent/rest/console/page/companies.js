// The companies that may ask customers, with what they did of late.

import { get } from "./api.js";
import { element } from "./elements.js";
import { filter } from "./filter.js";
import { companyLink } from "./names.js";
import { card, label, link } from "./parts.js";
import { within } from "./route.js";
import { paged } from "./table.js";
import { number, say } from "./words.js";

export const onOrOff = ({ on }) => (on ? label(say("company.on"), "green") : label(say("company.off"), "red"));

const count = (name) => ({ title: say(`count.${name}`), cell: (client) => number(client[name]) });

export const companies = {
  id: "companies",
  path: "/consents/clients",
  mayBeSeen: ({ findsCompanies }) => findsCompanies,
  show: ({ query, paths }) => {
    const offer = element("p", { class: "st-buttons" });
    return [element("p", { class: "st-intro" }, say("companies.intro")), offer, found(query, offer, paths)];
  },
};

const found = (query, offer, paths) => [
  filter("companies", [{ name: "search", label: say("companies.search") }], query),
  card(
    say("companies.found"),
    paged(
      say("view.companies"),
      [
        { title: say("company"), cell: (client) => [companyLink(client), element("div", { class: "st-quiet" }, client.clientId)] },
        { title: say("status"), cell: onOrOff },
        count("asked"),
        count("approved"),
        count("denied"),
        count("reported"),
        count("unanswered"),
        count("pending"),
        count("liveConsents"),
        count("pingsFailed"),
      ],
      async (after) => {
        const { clients, next, mayRegister } = await get("/clients", { search: query.search, first: after });
        if (mayRegister && paths.includes("/consents/permissions")) {
          offer.replaceChildren(link(within("registration"), say("company.register"), { class: "pf-v5-c-button pf-m-primary" }));
        }
        return { items: clients, next };
      },
      say("companies.none"),
    ),
  ),
];

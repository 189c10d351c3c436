// One customer: what they are asked, what they granted, and their devices.

import { blockTable } from "./blocks.js";
import { consentTable } from "./consent-table.js";
import { deviceTable } from "./devices.js";
import { element, foreign } from "./elements.js";
import { customer as find, nameOfCustomer } from "./names.js";
import { partnerTable } from "./partners.js";
import { card, link } from "./parts.js";
import { requestTable } from "./request-table.js";
import { consoleUrl } from "./surroundings.js";
import { current } from "./route.js";
import { say } from "./words.js";

export const customer = {
  id: "customer",
  path: "/consents",
  inMenuAs: "customers",
  isInMenu: false,
  mayBeSeen: ({ findsCustomers }) => findsCustomers,
  show: ({ about, rights, heading }) => {
    nameIn(heading, about);
    const own = { customer: about };
    return [
      element(
        "p",
        { class: "st-quiet" },
        about,
        " · ",
        link(`${consoleUrl}#/${encodeURIComponent(current().realm)}/users/${encodeURIComponent(about)}/settings`, say("customer.inConsole")),
      ),
      card(
        say("customer.pending"),
        requestTable({ ...own, status: "pending" }, ["asked", "company", "permissions", "expires"]),
      ),
      card(
        say("consents.live"),
        consentTable({ ...own, status: "live" }, ["granted", "company", "permissions", "status", "until"]),
      ),
      card(say("devices"), deviceTable(about, rights)),
      card(say("partners"), partnerTable(about, rights)),
      card(
        say("consents.ended"),
        consentTable({ ...own, status: "ended" }, ["granted", "company", "permissions", "status", "until"]),
      ),
      card(say("customer.asked"), requestTable(own, ["asked", "company", "permissions", "status"])),
      card(say("view.blocks"), blockTable(own, ["company", "since", "reported"])),
    ];
  },
};

/** The name in place of the word, as soon as it is known. */
async function nameIn(heading, id) {
  const found = await find(id).catch(() => null);
  if (found && heading.isConnected) {
    heading.replaceChildren(foreign(nameOfCustomer(found)));
  }
}

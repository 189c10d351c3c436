// One company: what it did of late, what it may see, and the switch that stops it.

import { get, post } from "./api.js";
import { onOrOff } from "./companies.js";
import { consentTable } from "./consent-table.js";
import { deliveryColumns } from "./delivery-table.js";
import { element, foreign } from "./elements.js";
import { nameOfCompany } from "./names.js";
import { act, button, card, facts, label, link, loaded } from "./parts.js";
import { ask } from "./question.js";
import { requestTable } from "./request-table.js";
import { current } from "./route.js";
import { consoleUrl } from "./surroundings.js";
import { paged } from "./table.js";
import { isolated, moment, number, say } from "./words.js";

const COUNTS = ["asked", "approved", "denied", "reported", "unanswered", "pending", "liveConsents", "blocked", "blockedAndReported", "pingsWaiting", "pingsFailed"];

export const company = {
  id: "company",
  path: "/consents/clients/{client}",
  inMenuAs: "companies",
  isInMenu: false,
  mayBeSeen: ({ findsCompanies }) => findsCompanies,
  show: ({ about, rights, heading }) => {
    const place = element("div", { class: "st-content" });
    const show = () =>
      place.replaceChildren(
        loaded(
          () => get(`/clients/${encodeURIComponent(about)}`),
          (found) => {
            if (heading.isConnected) {
              heading.replaceChildren(foreign(nameOfCompany(found)));
            }
            return whole(found, rights, show);
          },
        ),
      );
    show();
    return place;
  },
};

function whole(found, rights, again) {
  const own = { client: found.id };
  return [
    card(
      say("company.what"),
      facts([
        [say("status"), onOrOff(found)],
        [say("company.id"), foreign(found.clientId)],
        [say("company.ways"), ways(found)],
        ...COUNTS.map((name) => [say(`count.${name}`), number(found[name])]),
        [say("count.since"), found.countedSince && moment(found.countedSince)],
      ]),
      element(
        "p",
        { class: "st-buttons" },
        found.mayManage && switchButton(found, again),
        link(`${consoleUrl}#/${encodeURIComponent(current().realm)}/clients/${encodeURIComponent(found.id)}/settings`, say("company.inConsole"), {
          class: "pf-v5-c-button pf-m-link",
        }),
      ),
    ),
    rights.viewsCustomers && [
      card(say("customer.pending"), requestTable({ ...own, status: "pending" }, ["asked", "customer", "permissions", "expires"])),
      card(say("consents.live"), consentTable({ ...own, status: "live" }, ["granted", "customer", "permissions", "status", "until"])),
      card(say("deliveries.openOf"), openDeliveries(own, rights)),
      card(say("consents.ended"), consentTable({ ...own, status: "ended" }, ["granted", "customer", "permissions", "status", "until"])),
    ],
  ];
}

const ways = ({ ciba, consentRequired }) =>
  element("span", { class: "st-labels" }, ciba && label(say("channel.ciba")), consentRequired && label(say("channel.redirect")));

const openDeliveries = (own, rights) =>
  paged(
    say("view.deliveries"),
    deliveryColumns(rights, ["kind", "vendor", "state", "attempts", "reason", "when"]),
    async (after) => {
      const { deliveries, next } = await get("/deliveries", { ...own, after });
      return { items: deliveries, next };
    },
    say("deliveries.none"),
  );

const switchButton = (found, again) =>
  found.on
    ? button(say("company.switchOff"), "danger", () => turn(found, "off", again))
    : button(say("company.switchOn"), "primary", () => turn(found, "on", again));

async function turn(found, to, again) {
  const name = isolated(nameOfCompany(found));
  const answer = await ask({
    title: say(`company.ask.${to}`, { name }),
    text: say(`company.ask.${to}.text`),
    answer: say(to === "off" ? "company.switchOff" : "company.switchOn"),
    danger: to === "off",
  });
  if (answer !== null) {
    await act(() => post(`/clients/${encodeURIComponent(found.id)}/${to}`), say(`company.done.${to}`, { name }));
    again();
  }
}

// Pushes to customers' devices and messages to companies, in a table.

import { post } from "./api.js";
import { element, foreign } from "./elements.js";
import { companyLink, customerLink } from "./names.js";
import { act, button, label, link } from "./parts.js";
import { within } from "./route.js";
import { table } from "./table.js";
import { moment, number, say, sayOr } from "./words.js";

const COLOURS = { waiting: "blue", delivered: "green", failed: "red" };

export const DELIVERY_STATES = ["waiting", "failed", "delivered", "closed"];

/** What is told, and about which request. */
const kind = ({ kind: what, requestId }) => {
  const words = sayOr(`delivery.kind.${what}`, what);
  return requestId ? link(within("request", requestId), words) : words;
};

const cells = {
  kind: () => ({ title: say("delivery.kind"), cell: kind }),
  vendor: () => ({ title: say("vendor"), cell: ({ vendor }) => (vendor ? foreign(vendor) : "–") }),
  company: () => ({ title: say("company"), cell: ({ client }) => (client ? companyLink(client) : "–") }),
  customer: () => ({ title: say("customer"), cell: ({ customerId }) => (customerId ? customerLink(customerId) : "–") }),
  state: () => ({ title: say("status"), cell: ({ state }) => label(say(`delivery.state.${state}`), COLOURS[state]) }),
  attempts: () => ({ title: say("delivery.attempts"), cell: ({ attempts }) => number(attempts) }),
  reason: () => ({ title: say("delivery.reason"), cell: ({ reason }) => (reason ? foreign(reason) : "–") }),
  when: () => ({
    title: say("delivery.when"),
    cell: ({ createdAt, nextAttemptAt, endedAt }) =>
      endedAt
        ? moment(endedAt)
        : nextAttemptAt
          ? say("delivery.next", { when: moment(nextAttemptAt) })
          : moment(createdAt),
  }),
};

/** @param names which columns */
export const deliveryColumns = (rights, names = Object.keys(cells)) => [
  ...names.map((name) => cells[name]()),
  { title: say("action"), cell: (delivery) => (mayResend(delivery, rights) ? resendButton(delivery) : "–") },
];

/** What is posted to a company; anything else is for the customer. */
const TO_COMPANIES = ["ping", "logout", "security-event", "partner-revocation"];

const mayResend = ({ canBeResent, kind: what }, { managesCustomers, managesCompanies }) =>
  canBeResent && (TO_COMPANIES.includes(what) ? managesCompanies : managesCustomers);

function resendButton(delivery) {
  const place = element("span", {});
  place.append(
    button(say("delivery.resend"), "secondary pf-m-small", async () => {
      const sent = await act(() => post(`/deliveries/${encodeURIComponent(delivery.id)}/resend`), say("delivery.resent"));
      if (sent) {
        place.replaceChildren(label(say(`delivery.state.${sent.state}`), COLOURS[sent.state]));
      }
    }),
  );
  return place;
}

/** Those of one request. */
export const deliveryTable = (deliveries, rights) =>
  table(say("view.deliveries"), deliveryColumns(rights, ["kind", "vendor", "state", "attempts", "reason", "when"]), deliveries);

// Requests, in a table.

import { get } from "./api.js";
import { element } from "./elements.js";
import { companyLink, customerLink } from "./names.js";
import { label, link } from "./parts.js";
import { within } from "./route.js";
import { paged } from "./table.js";
import { moment, say } from "./words.js";

const COLOURS = { pending: "blue", approved: "green", redeemed: "green", denied: "orange" };

export const REQUEST_STATUSES = ["pending", "approved", "denied", "reported", "expired", "redeemed", "withdrawn"];

export const statusOfRequest = ({ status, reported }) =>
  reported ? label(say("request.status.reported"), "red") : label(say(`request.status.${status}`), COLOURS[status]);

/** The names of permissions, each as a mark. */
export const permissions = (scopes) =>
  element(
    "ul",
    { class: "st-labels", role: "list" },
    scopes.map((scope) => element("li", {}, label(scope))),
  );

const COLUMNS = {
  asked: () => ({ title: say("request.asked"), cell: ({ id, askedAt }) => link(within("request", id), moment(askedAt)) }),
  company: () => ({ title: say("company"), cell: ({ client }) => companyLink(client) }),
  customer: () => ({ title: say("customer"), cell: ({ customerId }) => customerLink(customerId) }),
  permissions: () => ({
    title: say("permissions"),
    cell: ({ askedScopes, details }) => [permissions(askedScopes), details && label(say("request.details"), "blue")],
  }),
  status: () => ({ title: say("status"), cell: statusOfRequest }),
  expires: () => ({ title: say("request.expires"), cell: ({ expiresAt }) => moment(expiresAt) }),
};

/** @param columns which, such as all but the customer on a customer's own page */
export const requestTable = (query, columns = Object.keys(COLUMNS), whole) =>
  paged(
    say("view.requests"),
    columns.map((name) => COLUMNS[name]()),
    async (after) => {
      const { requests, next } = await get("/requests", { ...query, after });
      return { items: requests, next };
    },
    say("requests.none"),
    whole,
  );

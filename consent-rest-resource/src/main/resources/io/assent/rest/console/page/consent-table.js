// Consents, in a table.

import { get } from "./api.js";
import { companyLink, customerLink } from "./names.js";
import { label, link } from "./parts.js";
import { permissions } from "./request-table.js";
import { within } from "./route.js";
import { paged } from "./table.js";
import { moment, say } from "./words.js";

const COLOURS = { active: "green", suspended: "orange" };

export const statusOfConsent = ({ status, endedBy }) =>
  label(
    endedBy && status === "revoked" ? say(`consent.revoked.${endedBy}`) : say(`consent.status.${status}`),
    COLOURS[status],
  );

const COLUMNS = {
  granted: () => ({
    title: say("consent.granted"),
    cell: ({ id, grantedAt }) => link(within("consent", id), moment(grantedAt)),
  }),
  company: () => ({ title: say("company"), cell: ({ client }) => companyLink(client) }),
  customer: () => ({ title: say("customer"), cell: ({ customerId }) => customerLink(customerId) }),
  permissions: () => ({ title: say("permissions"), cell: ({ grantedScopes }) => permissions(grantedScopes) }),
  status: () => ({ title: say("status"), cell: statusOfConsent }),
  until: () => ({
    title: say("consent.until"),
    cell: ({ endedAt, validUntil }) => (endedAt ? moment(endedAt) : validUntil ? moment(validUntil) : say("consent.ever")),
  }),
};

/** @param columns which, such as all but the customer on a customer's own page */
export const consentTable = (query, columns, whole) =>
  paged(
    say("consents"),
    columns.map((name) => COLUMNS[name]()),
    async (after) => {
      const { consents, next } = await get("", { ...query, after });
      return { items: consents, next };
    },
    say("consents.none"),
    whole,
  );

// Which companies customers want no requests from, and which they reported.

import { get } from "./api.js";
import { filter } from "./filter.js";
import { companyLink, customerLink } from "./names.js";
import { card, label } from "./parts.js";
import { paged } from "./table.js";
import { moment, say } from "./words.js";

const COLUMNS = {
  company: () => ({ title: say("company"), cell: ({ client }) => companyLink(client) }),
  customer: () => ({ title: say("customer"), cell: ({ customerId }) => customerLink(customerId) }),
  since: () => ({ title: say("block.since"), cell: ({ since }) => moment(since) }),
  reported: () => ({
    title: say("block.reported"),
    cell: ({ reportedAt }) => (reportedAt ? label(moment(reportedAt), "red") : say("no")),
  }),
};

export const blockTable = (query, columns = Object.keys(COLUMNS)) =>
  paged(
    say("view.blocks"),
    columns.map((name) => COLUMNS[name]()),
    async (after) => {
      const { blocks: found, next } = await get("/blocks", { ...query, after });
      return { items: found, next };
    },
    say("blocks.none"),
  );

export const blocks = {
  id: "blocks",
  path: "/consents/blocks",
  mayBeSeen: ({ viewsCustomers }) => viewsCustomers,
  show: ({ query }) => [
    filter(
      "blocks",
      [
        {
          name: "reported",
          label: say("blocks.which"),
          options: [
            ["", say("filter.all")],
            ["true", say("blocks.reportedOnly")],
          ],
        },
        { name: "client", label: say("filter.company") },
      ],
      query,
    ),
    card(say("blocks.found"), blockTable({ reported: query.reported, client: query.client })),
  ],
};

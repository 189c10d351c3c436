// What customers are asked, and what became of it.

import { filter } from "./filter.js";
import { REQUEST_STATUSES, requestTable } from "./request-table.js";
import { card } from "./parts.js";
import { say } from "./words.js";

export const requests = {
  id: "requests",
  path: "/consents/requests",
  mayBeSeen: ({ viewsCustomers }) => viewsCustomers,
  show: ({ query }) => [
    filter(
      "requests",
      [
        {
          name: "status",
          label: say("status"),
          options: [["", say("filter.all")], ...REQUEST_STATUSES.map((status) => [status, say(`request.status.${status}`)])],
        },
        { name: "client", label: say("filter.company") },
      ],
      query,
    ),
    card(say("requests.found"), requestTable({ status: query.status, client: query.client })),
  ],
};

// Whether customers' devices and companies are told, and what could not be told.

import { get } from "./api.js";
import { DELIVERY_STATES, deliveryColumns } from "./delivery-table.js";
import { filter } from "./filter.js";
import { healthCards } from "./health.js";
import { card } from "./parts.js";
import { paged } from "./table.js";
import { say } from "./words.js";

export const deliveries = {
  id: "deliveries",
  path: "/consents/deliveries",
  mayBeSeen: ({ viewsCustomers, viewsCompanies }) => viewsCustomers || viewsCompanies,
  show: ({ query, rights }) => [
    rights.viewsCompanies && healthCards(),
    rights.viewsCustomers && [
      filter(
        "deliveries",
        [
          {
            name: "state",
            label: say("status"),
            options: [
              ["", say("deliveries.open")],
              ...DELIVERY_STATES.map((state) => [state, say(`delivery.state.${state}`)]),
            ],
          },
          { name: "client", label: say("filter.company") },
        ],
        query,
      ),
      card(
        say("deliveries.found"),
        paged(
          say("view.deliveries"),
          deliveryColumns(rights),
          async (after) => {
            const found = await get("/deliveries", { state: query.state, client: query.client, after });
            return { items: found.deliveries, next: found.next };
          },
          say("deliveries.none"),
        ),
      ),
    ],
  ],
};

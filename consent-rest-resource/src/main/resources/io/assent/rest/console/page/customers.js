// Finds a customer: by a name or address, or by what else is known.

import { users } from "./api.js";
import { element, foreign } from "./elements.js";
import { filter } from "./filter.js";
import { nameOfCustomer } from "./names.js";
import { card, link, loaded } from "./parts.js";
import { within } from "./route.js";
import { table } from "./table.js";
import { say } from "./words.js";

const MOST = 20;

export const customers = {
  id: "customers",
  path: "/consents",
  mayBeSeen: ({ findsCustomers }) => findsCustomers,
  show: ({ query }) => [
    element("p", { class: "st-intro" }, say("customers.intro")),
    filter("customers", [{ name: "search", label: say("customers.search") }], query),
    query.search &&
      card(
        say("customers.found"),
        loaded(
          () => users(query.search, MOST),
          (found) =>
            found.length === 0
              ? say("customers.none")
              : [found.length === MOST && element("p", {}, say("customers.many", { count: MOST })), list(found)],
        ),
      ),
  ],
};

const list = (found) =>
  table(
    say("customers.found"),
    [
      { title: say("customer"), cell: (user) => link(within("customer", user.id), foreign(nameOfCustomer(user))) },
      { title: say("customer.email"), cell: ({ email }) => (email ? foreign(email) : "–") },
    ],
    found,
  );

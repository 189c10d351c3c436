// Customers and companies, as they are called.

import { user } from "./api.js";
import { element, foreign } from "./elements.js";
import { link } from "./parts.js";
import { within } from "./route.js";
import { say } from "./words.js";

/** What stands in the place of the id of a customer who was removed. */
const REMOVED = "removed:";

const known = new Map();

/** What is known of a customer: null where nothing is, or may be. Asked once. */
export function customer(id) {
  if (!known.has(id)) {
    const found = id.startsWith(REMOVED) ? Promise.resolve(null) : user(id);
    known.set(id, found);
    // a call that failed says nothing of the customer
    found.catch(() => known.delete(id));
  }
  return known.get(id);
}

/** Another realm has others. */
export const forgetCustomers = () => known.clear();

export const nameOfCustomer = ({ username, firstName, lastName }) =>
  [firstName, lastName].filter(Boolean).length > 0
    ? `${[firstName, lastName].filter(Boolean).join(" ")} (${username})`
    : username;

/** By the user's name as soon as it is known, and by the id until then. */
export function customerLink(id) {
  if (id.startsWith(REMOVED)) {
    return link(within("customer", id), say("customer.removed"));
  }
  const shown = link(within("customer", id), shortened(id), { title: id });
  customer(id).then(
    (found) => found && shown.replaceChildren(foreign(found.username)),
    () => {},
  );
  return shown;
}

const shortened = (id) => (id.length > 12 ? `${id.slice(0, 8)}…` : id);

/** What a company is called, or was. */
export const nameOfCompany = ({ name, clientId }) => name || clientId || say("company.gone");

export const companyLink = (client) =>
  client.clientId === null
    ? element("span", {}, say("company.gone"))
    : link(within("company", client.id), foreign(nameOfCompany(client)), { title: client.clientId });

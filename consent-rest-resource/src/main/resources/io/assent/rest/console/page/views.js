// All views, in the order of the menu.

import { blocks } from "./blocks.js";
import { changes } from "./changes.js";
import { companies } from "./companies.js";
import { company } from "./company.js";
import { consent } from "./consent.js";
import { customer } from "./customer.js";
import { customers } from "./customers.js";
import { deliveries } from "./deliveries.js";
import { destinations } from "./destinations.js";
import { overview } from "./overview.js";
import { registration } from "./registration.js";
import { reports } from "./reports.js";
import { request } from "./request.js";
import { requests } from "./requests.js";

/**
 * Of each: its `id` in the address, the `path` of the API that the server must have for it, whether it `mayBeSeen` by the
 * rights of who is logged in, and how it is shown.
 */
export const VIEWS = [
  overview,
  requests,
  request,
  customers,
  customer,
  companies,
  company,
  registration,
  consent,
  deliveries,
  blocks,
  changes,
  destinations,
  reports,
];

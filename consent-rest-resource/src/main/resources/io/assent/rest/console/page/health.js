// How deliveries go: by vendor and by company, in words and colour.

import { get } from "./api.js";
import { foreign } from "./elements.js";
import { companyLink } from "./names.js";
import { label, loadedCard } from "./parts.js";
import { table } from "./table.js";
import { moment, number, say } from "./words.js";

/** What waits for longer than this is late, in milliseconds. */
const LATE = 120_000;

export function healthCards() {
  const whole = get("/deliveries/health");
  // each of the two says itself that the call came to nothing
  whole.catch(() => {});
  const calls = once(whole);
  return [
    loadedCard(say("health.vendors"), calls, ({ at, vendors }) =>
      vendors.length === 0
        ? say("health.none")
        : table(
            say("health.vendors"),
            [{ title: say("vendor"), cell: ({ vendor }) => (vendor ? foreign(vendor) : say("vendor.gone")) }, ...columns(at)],
            vendors,
          ),
    ),
    loadedCard(say("health.companies"), calls, ({ at, clients }) =>
      clients.length === 0
        ? say("health.none")
        : table(
            say("health.companies"),
            [{ title: say("company"), cell: ({ client }) => companyLink(client) }, ...columns(at)],
            clients,
          ),
    ),
  ];
}

/** The same answer for two, and another one for who tries again. */
function once(first) {
  let left = 2;
  return () => (left-- > 0 ? first : get("/deliveries/health"));
}

const columns = (at) => [
  { title: say("health"), cell: (line) => state(line, at) },
  {
    title: say("health.waiting"),
    cell: ({ waiting, oldestWaiting }) =>
      oldestWaiting ? say("health.since", { count: number(waiting), since: moment(oldestWaiting) }) : number(waiting),
  },
  { title: say("health.delivered"), cell: ({ deliveredLastHour }) => number(deliveredLastHour) },
  {
    title: say("health.failed"),
    cell: ({ failedLastHour, failedLastDay }) =>
      say("health.failedOf", { hour: number(failedLastHour), day: number(failedLastDay) }),
  },
  {
    title: say("health.reason"),
    cell: ({ lastReason, lastReasonAt }) =>
      lastReason ? [foreign(lastReason), lastReasonAt ? ` (${moment(lastReasonAt)})` : ""] : "–",
  },
];

function state({ deliveredLastHour, failedLastHour, failedLastDay, oldestWaiting }, at) {
  const isLate = oldestWaiting !== null && new Date(at) - new Date(oldestWaiting) > LATE;
  if ((failedLastHour > 0 || isLate) && deliveredLastHour === 0) {
    return label(say("health.down"), "red");
  }
  if (failedLastHour > 0 || isLate) {
    return label(say("health.trouble"), "orange");
  }
  if (deliveredLastHour > 0) {
    return label(say("health.well"), "green");
  }
  return failedLastDay > 0 ? label(say("health.was"), "orange") : label(say("health.quiet"));
}

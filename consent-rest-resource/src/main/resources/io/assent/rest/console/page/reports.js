// Reports by day, to read and to take away.

import { download, get } from "./api.js";
import { foreign } from "./elements.js";
import { filter } from "./filter.js";
import { nameOfCompany } from "./names.js";
import { act, button, card, label, loaded } from "./parts.js";
import { table } from "./table.js";
import { number, say } from "./words.js";

/** So many days are shown where nobody says which. */
const DAYS = 7;

export const reports = {
  id: "reports",
  path: "/consents/reports/authorisations",
  mayBeSeen: ({ viewsCompanies }) => viewsCompanies,
  show: ({ query, rights }) => {
    const days = { from: query.from || daysAgo(DAYS - 1), to: query.to || daysAgo(0) };
    return [
      filter(
        "reports",
        [
          { name: "from", label: say("reports.from"), type: "date" },
          { name: "to", label: say("reports.to"), type: "date" },
        ],
        days,
      ),
      report("authorisations", authorisationColumns, days),
      rights.viewsSetup && report("availability", availabilityColumns, days),
    ];
  },
};

const report = (name, columns, days) =>
  card(
    say(`reports.${name}`),
    button(say("reports.download"), "secondary", () =>
      act(
        () => download(`/reports/${name}`, `${name}-${days.from}-${days.to}.csv`, { ...days, format: "csv" }),
        say("reports.downloaded"),
      ),
    ),
    loaded(
      () => get(`/reports/${name}`, days),
      ({ days: found }) => (found.length === 0 ? say("reports.none") : table(say(`reports.${name}`), columns(), found)),
    ),
  );

const counted = (name) => ({ title: say(`count.${name}`), cell: (line) => number(line[name]) });

const day = () => ({ title: say("reports.day"), cell: (line) => [line.day, !line.final && [" ", label(say("reports.open"), "blue")]] });

const authorisationColumns = () => [
  day(),
  { title: say("company"), cell: ({ client }) => foreign(nameOfCompany(client)) },
  { title: say("request.channel"), cell: ({ journey }) => say(`channel.${journey}`) },
  counted("asked"),
  counted("authorised"),
  counted("rejected"),
  counted("reported"),
  counted("abandoned"),
  counted("redeemed"),
  { title: say("reports.toDecide"), cell: ({ medianMillis }) => seconds(medianMillis.openedToDecided) },
];

const availabilityColumns = () => [
  day(),
  { title: say("reports.interface"), cell: (line) => say(`interface.${line.interface}`) },
  { title: say("reports.uptime"), cell: ({ uptimePercent }) => percent(uptimePercent) },
  { title: say("reports.errors"), cell: ({ errorRatePercent }) => percent(errorRatePercent) },
  { title: say("reports.calls"), cell: ({ calls }) => number(calls) },
  { title: say("reports.average"), cell: ({ averageMillis }) => (averageMillis === null ? "–" : say("milliseconds", { count: number(averageMillis) })) },
];

const percent = (value) => (value === null ? "–" : `${number(value)} %`);

const seconds = (millis) => (millis === null ? "–" : say("seconds", { count: number(Math.round(millis / 100) / 10) }));

/** A day of UTC. */
const daysAgo = (count) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);

// How permissions change while consents stand, and how far consents have followed.

import { get } from "./api.js";
import { element, foreign } from "./elements.js";
import { card, facts, label, loaded } from "./parts.js";
import { table } from "./table.js";
import { moment, number, say } from "./words.js";

export const changes = {
  id: "changes",
  path: "/consents/permissions/changes",
  mayBeSeen: ({ viewsRealm }) => viewsRealm,
  show: () => [
    element("p", { class: "st-intro" }, say("changes.intro")),
    card(
      say("view.changes"),
      loaded(
        () => get("/permissions/changes"),
        ({ version, changes: all, followed }) =>
          all.length === 0
            ? say("changes.none")
            : [facts(progress(version, followed)), table(say("view.changes"), columns(), all)],
      ),
    ),
  ],
};

const columns = () => [
  { title: say("changes.id"), cell: ({ id }) => foreign(id) },
  { title: say("changes.kind"), cell: ({ change, silent }) => say(`changes.kind.${silent ? "silent" : change}`) },
  { title: say("changes.from"), cell: ({ from }) => foreign(from.join(", ")) },
  { title: say("changes.to"), cell: ({ to }) => (to.length === 0 ? say("changes.nothing") : foreign(to.join(", "))) },
  { title: say("changes.since"), cell: ({ since }) => moment(since) },
  { title: say("status"), cell: status },
];

function status({ undone, windowEnd }) {
  if (undone) {
    return label(say("changes.undone"), "orange");
  }
  return new Date(windowEnd) > new Date()
    ? label(say("changes.open", { until: moment(windowEnd) }), "blue")
    : label(say("changes.closed"));
}

const progress = (version, { done, looked, changed, waiting, failed, doneAt }) => [
  [say("changes.version"), number(version)],
  [say("changes.walk"), done ? (doneAt ? moment(doneAt) : say("changes.walk.done")) : say("changes.walk.going")],
  [say("changes.looked"), number(looked)],
  [say("changes.changed"), number(changed)],
  [say("changes.waiting"), number(waiting)],
  [say("changes.failed"), number(failed)],
];

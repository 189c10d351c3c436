// Where events go out to, and what could not be sent.

import { get, post } from "./api.js";
import { element, foreign } from "./elements.js";
import { act, button, card, label, loaded, tell } from "./parts.js";
import { paged, table } from "./table.js";
import { moment, number, say } from "./words.js";

export const destinations = {
  id: "destinations",
  path: "/consents/destinations",
  mayBeSeen: ({ viewsRealm }) => viewsRealm,
  show: ({ rights }) => [
    element("p", { class: "st-intro" }, say("destinations.intro")),
    card(
      say("destinations.found"),
      loaded(
        () => get("/destinations"),
        ({ destinations: found }) =>
          found.length === 0 ? say("destinations.none") : table(say("destinations.found"), columns(rights), found),
      ),
    ),
    card(
      say("dead.found"),
      paged(
        say("dead.found"),
        deadColumns(rights),
        async (after) => {
          const { events, next } = await get("/events/dead", { after });
          return { items: events, next };
        },
        say("dead.none"),
      ),
    ),
  ],
};

const columns = (rights) => [
  { title: say("destination"), cell: ({ name }) => foreign(name) },
  { title: say("destination.type"), cell: ({ type }) => foreign(type) },
  { title: say("status"), cell: state },
  {
    title: say("destination.waiting"),
    cell: ({ waiting, oldestWaiting }) =>
      oldestWaiting ? say("health.since", { count: number(waiting), since: moment(oldestWaiting) }) : number(waiting),
  },
  { title: say("destination.dead"), cell: ({ dead }) => number(dead) },
  ...(rights.managesRealm
    ? [
        {
          title: say("action"),
          cell: ({ name }) => button(say("destination.test"), "secondary pf-m-small", () => test(name)),
        },
      ]
    : []),
];

function state({ enabled, switchedOff, dead }) {
  if (switchedOff) {
    return [label(say("destination.switchedOff"), "red"), " ", foreign(switchedOff.reason ?? "")];
  }
  if (!enabled) {
    return label(say("destination.off"));
  }
  return dead > 0 ? label(say("destination.trouble"), "orange") : label(say("destination.on"), "green");
}

const deadColumns = (rights) => [
  { title: say("dead.died"), cell: ({ diedAt }) => moment(diedAt) },
  { title: say("destination"), cell: ({ destination }) => foreign(destination) },
  { title: say("dead.event"), cell: ({ type, subject }) => [foreign(type), element("div", { class: "st-quiet" }, subject)] },
  { title: say("delivery.reason"), cell: ({ reason }) => (reason ? foreign(reason) : "–") },
  ...(rights.managesRealm ? [{ title: say("action"), cell: resendButton }] : []),
];

function resendButton({ id }) {
  const place = element("span", {});
  place.append(
    button(say("delivery.resend"), "secondary pf-m-small", async () => {
      const sent = await act(async () => {
        await post(`/events/${encodeURIComponent(id)}/resend`);
        return true;
      }, say("dead.resent"));
      if (sent) {
        place.replaceChildren(label(say("delivery.state.waiting"), "blue"));
      }
    }),
  );
  return place;
}

async function test(name) {
  const answer = await act(() => post(`/destinations/${encodeURIComponent(name)}/test`), say("destination.tested"));
  if (answer) {
    const words = say(`destination.test.${answer.result}`);
    tell(answer.result === "taken" ? "success" : "danger", answer.reason ? `${words} ${answer.reason}` : words);
  }
}

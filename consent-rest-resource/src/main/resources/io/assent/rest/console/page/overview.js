// How things are: what the doctor finds, what setup would do, and how deliveries go.

import { get, post } from "./api.js";
import { sayFinding, sayChange, sayDifference } from "./findings.js";
import { element, foreign } from "./elements.js";
import { healthCards } from "./health.js";
import { alert, button, card, forgetTold, label, link, loaded, reason, tell } from "./parts.js";
import { ask } from "./question.js";
import { within } from "./route.js";
import { say } from "./words.js";

const COLOURS = { error: "red", warning: "orange", info: "blue" };

export const overview = {
  id: "overview",
  path: "/consents/doctor",
  mayBeSeen: ({ findsCustomers, findsCompanies, viewsSetup, viewsRealm }) =>
    findsCustomers || findsCompanies || viewsSetup || viewsRealm,
  show: ({ rights, paths }) => [
    element("p", { class: "st-intro" }, say("overview.intro")),
    rights.viewsSetup && doctorCard(),
    rights.viewsSetup && setupCard(rights),
    rights.viewsCompanies && paths.includes("/consents/deliveries/health") && healthCards(),
    rights.findsCustomers && paths.includes("/consents") && element("p", {}, link(within("customers"), say("overview.find"))),
  ],
};

function doctorCard() {
  return card(
    say("doctor"),
    loaded(
      () => get("/doctor"),
      ({ findings }) =>
        findings.length === 0
          ? alert("success", say("doctor.well"))
          : element("ul", { class: "st-findings", role: "list" }, findings.map(finding)),
    ),
  );
}

function finding(found) {
  const { message, fix } = sayFinding(found);
  return element(
    "li",
    {},
    label(say(`severity.${found.severity}`), COLOURS[found.severity]),
    element(
      "div",
      {},
      element("p", { class: "st-strong" }, message),
      element("p", {}, fix),
      found.about.length > 0 &&
        element(
          "p",
          { class: "st-quiet" },
          say("doctor.about"),
          " ",
          found.about.flatMap(({ name, note }, place) => [
            place > 0 && ", ",
            foreign(name),
            note && [" (", foreign(note), ")"],
          ]),
          found.total > found.about.length && `, ${say("doctor.others", { count: found.total - found.about.length })}`,
        ),
    ),
  );
}

function setupCard(rights) {
  const place = element("div", {});
  const show = () => place.replaceChildren(loaded(() => get("/setup"), (plan) => setupPlan(plan, rights, show)));
  show();
  return card(say("setup"), place);
}

function setupPlan({ changes, differences }, { managesSetup }, again) {
  return [
    changes.length === 0
      ? alert("success", say("setup.done"))
      : [element("p", {}, say("setup.would")), list(changes.map(sayChange))],
    differences.length > 0 && [element("p", {}, say("setup.differs")), list(differences.map(sayDifference))],
    changes.length > 0 &&
      managesSetup &&
      element("p", { class: "st-buttons" }, button(say("setup.make"), "primary", () => setUp(changes, again))),
  ];
}

async function setUp(changes, again) {
  const answer = await ask({
    title: say("setup.ask"),
    text: [say("setup.ask.text", { count: changes.length })],
    answer: say("setup.make"),
  });
  if (answer !== null) {
    forgetTold();
    try {
      await post("/setup");
      // there may be more to see than before
      window.dispatchEvent(new CustomEvent("realmsetup", { detail: say("setup.made") }));
    } catch (error) {
      tell("danger", reason(error));
      again();
    }
  }
}

const list = (texts) =>
  element(
    "ul",
    { class: "pf-v5-c-list" },
    texts.map((text) => element("li", {}, text)),
  );

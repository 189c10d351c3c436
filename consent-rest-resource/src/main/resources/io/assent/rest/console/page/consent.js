// One consent: what was granted, how it came about, what happened to it; and its end.

import { download, get, post } from "./api.js";
import { statusOfConsent } from "./consent-table.js";
import { element, foreign } from "./elements.js";
import { claimTable } from "./claim-table.js";
import { companyLink, customerLink } from "./names.js";
import { act, button, card, facts, link, loaded } from "./parts.js";
import { ask } from "./question.js";
import { permissions } from "./request-table.js";
import { within } from "./route.js";
import { table } from "./table.js";
import { moment, say } from "./words.js";

const MOST_OF_A_REASON = 250;
const LIVE = ["active", "suspended"];

const time = (value) => value && moment(value);

export const consent = {
  id: "consent",
  path: "/consents/{id}",
  inMenuAs: "customers",
  isInMenu: false,
  mayBeSeen: ({ findsCustomers }) => findsCustomers,
  show: ({ about, rights }) => {
    const place = element("div", { class: "st-content" });
    const show = () =>
      place.replaceChildren(loaded(() => get(`/${encodeURIComponent(about)}`), (found) => whole(found, rights, show)));
    show();
    return place;
  },
};

function whole(found, rights, again) {
  const { evidence, history } = found;
  return [
    card(
      say("consent.what"),
      facts([
        [say("status"), statusOfConsent(found)],
        [say("company"), companyLink(found.client)],
        [say("customer"), customerLink(found.customerId)],
        [say("permissions"), permissions(found.grantedScopes)],
        [say("consent.details"), details(found.grantedDetails)],
        [say("consent.granted"), moment(found.grantedAt)],
        [say("consent.validUntil"), found.validUntil ? moment(found.validUntil) : say("consent.ever")],
        [say("consent.oneTime"), found.oneTime ? say("yes") : null],
        [say("consent.confirmed"), time(found.confirmedAt)],
        [say("consent.confirmBy"), time(found.confirmBy)],
        [say("consent.used"), time(found.lastUsedAt)],
        [say("consent.ended"), time(found.endedAt)],
        [say("id"), found.id],
      ]),
      element(
        "p",
        { class: "st-buttons" },
        LIVE.includes(found.status) &&
          rights.managesCustomers &&
          button(say("consent.end"), "danger", () => end(found, again)),
        evidence && button(say("evidence.export"), "secondary", () => exportEvidence(found.id)),
      ),
    ),
    ...claims(found.grantedClaims),
    card(say("consent.history"), historyTable(history)),
    card(say("evidence"), evidence ? evidenceFacts(evidence, found) : say("evidence.none")),
  ];
}

const details = (granted) =>
  granted.length > 0 ? granted.map((detail) => element("pre", { class: "st-json", tabindex: "0" }, JSON.stringify(detail, null, 2))) : null;

/** Which data about the customer it is for, where it is for some; `null` where that was forgotten with the customer. */
const claims = (granted) =>
  granted === undefined || granted?.length === 0 ? [] : [card(say("claims"), granted ? claimTable(say("claims"), granted) : say("claims.forgotten"))];

const historyTable = (history) =>
  table(
    say("consent.history"),
    [
      { title: say("history.when"), cell: ({ at }) => moment(at) },
      { title: say("history.what"), cell: ({ type }) => say(`history.type.${type}`) },
      {
        title: say("history.who"),
        cell: ({ by, staffId }) => [say(`by.${by}`), staffId && element("span", { class: "st-quiet" }, ` ${staffId}`)],
      },
      { title: say("history.reason"), cell: ({ reason }) => (reason ? foreign(reason) : "–") },
      { title: say("permissions"), cell: ({ grantedScopes }) => (grantedScopes.length > 0 ? permissions(grantedScopes) : "–") },
    ],
    history ?? [],
  );

const evidenceFacts = (evidence, { requestId }) =>
  facts([
    [say("request"), requestId && link(within("request", requestId), requestId)],
    [say("request.channel"), say(`channel.${evidence.channel}`)],
    [say("request.asked"), moment(evidence.askedAt)],
    [say("evidence.askedFor"), permissions(evidence.askedScopes)],
    [say("evidence.askedClaims"), evidence.askedClaims?.length > 0 && claimTable(say("evidence.askedClaims"), evidence.askedClaims)],
    [say("evidence.askedDetails"), details(evidence.askedDetails)],
    [say("request.message"), evidence.bindingMessage && foreign(evidence.bindingMessage)],
    [say("request.decided"), time(evidence.decidedAt)],
    [say("evidence.device"), evidence.deviceId],
    [say("evidence.signed"), evidence.signature ? say("yes") : say("no")],
    [say("evidence.acr"), evidence.acr && foreign(evidence.acr)],
    [say("evidence.authTime"), time(evidence.authTime)],
    [say("evidence.address"), evidence.address],
    [say("evidence.session"), evidence.sessionId],
    [say("evidence.hash"), evidence.contentHash],
    [say("evidence.shown"), evidence.shown && details([evidence.shown])],
  ]);

const exportEvidence = (id) =>
  act(() => download(`/${encodeURIComponent(id)}/evidence`, `evidence-${id}.json`), say("evidence.exported"));

async function end(found, again) {
  const why = await ask({
    title: say("consent.end.ask"),
    text: say("consent.end.text"),
    answer: say("consent.end"),
    danger: true,
    field: { label: say("consent.end.reason"), hint: say("consent.end.hint"), most: MOST_OF_A_REASON },
  });
  if (why !== null) {
    await act(async () => {
      await post(`/${encodeURIComponent(found.id)}/end`, { reason: why });
      return true;
    }, say("consent.end.done"));
    again();
  }
}

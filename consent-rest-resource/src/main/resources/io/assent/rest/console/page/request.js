// One request: what was asked, and whether customer and company were told.

import { get, post } from "./api.js";
import { deliveryTable } from "./delivery-table.js";
import { element, foreign } from "./elements.js";
import { companyLink, customerLink } from "./names.js";
import { act, button, card, facts, loaded } from "./parts.js";
import { ask } from "./question.js";
import { permissions, statusOfRequest } from "./request-table.js";
import { moment, say } from "./words.js";

const time = (value) => value && moment(value);

export const request = {
  id: "request",
  path: "/consents/requests/{id}",
  inMenuAs: "requests",
  isInMenu: false,
  mayBeSeen: ({ findsCustomers }) => findsCustomers,
  show: ({ about, rights }) => {
    const place = element("div", { class: "st-content" });
    const show = () =>
      place.replaceChildren(
        loaded(
          () => get(`/requests/${encodeURIComponent(about)}`),
          (found) => whole(found, rights, show),
        ),
      );
    show();
    return place;
  },
};

function whole(found, rights, again) {
  return [
    card(
      say("request.what"),
      facts([
        [say("status"), statusOfRequest(found)],
        [say("company"), companyLink(found.client)],
        [say("customer"), customerLink(found.customerId)],
        [say("permissions"), permissions(found.askedScopes)],
        [say("request.granted"), found.grantedScopes && permissions(found.grantedScopes)],
        [say("request.message"), found.bindingMessage && foreign(found.bindingMessage)],
        [say("request.channel"), say(`channel.${found.channel}`)],
        [say("request.asked"), moment(found.askedAt)],
        [say("request.opened"), time(found.openedAt)],
        [say("request.decided"), time(found.decidedAt)],
        [say("request.expires"), moment(found.expiresAt)],
        [say("id"), found.id],
      ]),
      found.status === "pending" &&
        rights.managesCustomers &&
        button(say("request.close"), "danger", () => close(found, again)),
    ),
    card(
      say("view.deliveries"),
      found.deliveries.length === 0 ? say("deliveries.none") : deliveryTable(found.deliveries, rights),
    ),
  ];
}

async function close({ id }, again) {
  const answer = await ask({
    title: say("request.close.ask"),
    text: say("request.close.text"),
    answer: say("request.close"),
    danger: true,
  });
  if (answer !== null) {
    await act(() => post(`/requests/${encodeURIComponent(id)}/expire`), say("request.closed"));
    again();
  }
}

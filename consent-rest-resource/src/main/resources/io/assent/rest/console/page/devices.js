// A customer's devices: which there are, and what is done about a lost one.

import { get, post } from "./api.js";
import { element, foreign } from "./elements.js";
import { act, button, label, loaded } from "./parts.js";
import { ask } from "./question.js";
import { table } from "./table.js";
import { moment, say } from "./words.js";

const COLOURS = { active: "green", disabled: "red", moved: "orange", proving: "blue" };

export function deviceTable(customerId, rights) {
  const path = `/customers/${encodeURIComponent(customerId)}/devices`;
  const place = element("div", {});
  const show = () =>
    place.replaceChildren(
      loaded(
        () => get(path),
        ({ devices }) => (devices.length === 0 ? say("devices.none") : table(say("devices"), columns(path, rights, show), devices)),
      ),
    );
  show();
  return place;
}

const columns = (path, rights, again) => [
  { title: say("device"), cell: ({ label: name }) => (name ? foreign(name) : say("device.unnamed")) },
  { title: say("vendor"), cell: ({ platform }) => foreign(platform) },
  { title: say("status"), cell: ({ status }) => label(say(`device.status.${status}`), COLOURS[status]) },
  { title: say("device.key"), cell: ({ key }) => keyWords(key) },
  { title: say("device.registered"), cell: ({ registeredAt }) => moment(registeredAt) },
  ...(rights.managesCustomers
    ? [
        {
          title: say("action"),
          cell: (device) =>
            element(
              "div",
              { class: "st-buttons" },
              device.status === "active" &&
                button(say("device.resend"), "secondary pf-m-small", () => resend(path, device)),
              button(say("device.lose"), "danger pf-m-small", () => lose(path, device, again)),
            ),
        },
      ]
    : []),
];

const keyWords = (key) => (key === null ? say("device.noKey") : say(`device.key.${key.attestation.level}`));

async function resend(path, { deviceId }) {
  await act(() => post(`${path}/${encodeURIComponent(deviceId)}/resend`), say("device.resent"));
}

async function lose(path, { deviceId }, again) {
  const answer = await ask({
    title: say("device.lose.ask"),
    text: say("device.lose.text"),
    answer: say("device.lose"),
    danger: true,
  });
  if (answer !== null) {
    await act(() => post(`${path}/${encodeURIComponent(deviceId)}/lost`), say("device.lost"));
    again();
  }
}

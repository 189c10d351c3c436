// Tables that become lists on narrow screens, and those that are longer than what is shown.

import { element } from "./elements.js";
import { button, loaded, reason, tell } from "./parts.js";
import { say } from "./words.js";

/** So many pages without anything in them are passed over before somebody is asked to go on. */
const MOST_EMPTY_PAGES = 5;

/**
 * @param caption what it is about, for who can't see where it stands
 * @param columns of each its `title` and what makes its `cell` of an item
 */
export function table(caption, columns, items) {
  const body = element("tbody", { class: "pf-v5-c-table__tbody", role: "rowgroup" });
  const made = element(
    "table",
    { class: "pf-v5-c-table pf-m-compact pf-m-grid-lg st-table", role: "table", "aria-label": caption },
    element(
      "thead",
      { class: "pf-v5-c-table__thead", role: "rowgroup" },
      element(
        "tr",
        { class: "pf-v5-c-table__tr", role: "row" },
        columns.map(({ title }) =>
          element("th", { class: "pf-v5-c-table__th", role: "columnheader", scope: "col" }, title),
        ),
      ),
    ),
    body,
  );
  made.add = (more) => body.append(...more.map((item) => row(columns, item)));
  made.add(items);
  return made;
}

const row = (columns, item) =>
  element(
    "tr",
    { class: "pf-v5-c-table__tr", role: "row" },
    columns.map(({ title, cell }) =>
      element("td", { class: "pf-v5-c-table__td", role: "cell", "data-label": title }, element("div", {}, cell(item))),
    ),
  );

/**
 * A table of which one page after the other is shown.
 *
 * @param load brings the `items` of a page, and what is `next`, null at the end
 * @param none what is said where there is nothing
 */
export const paged = (caption, columns, load, none, whole) =>
  loaded(
    () => firstFilled(load, null),
    ({ items, next }) => {
      if (items.length === 0 && next === null) {
        return element("p", { class: "st-none" }, none);
      }
      const shown = table(caption, columns, items);
      return [shown, more(shown, load, next)];
    },
    whole,
  );

function more(shown, load, next) {
  const place = element("p", { class: "st-more" });
  const offer = (after) =>
    place.replaceChildren(
      ...(after === null ? [] : [button(say("more"), "secondary", async () => offer(await add(shown, load, after)))]),
    );
  offer(next);
  return place;
}

/** Returns what is next then; what was, where it could not be loaded. */
async function add(shown, load, after) {
  try {
    const { items, next } = await firstFilled(load, after);
    shown.add(items);
    return next;
  } catch (error) {
    tell("danger", reason(error));
    return after;
  }
}

async function firstFilled(load, after) {
  let page = await load(after);
  for (let pages = 1; pages < MOST_EMPTY_PAGES && page.items.length === 0 && page.next !== null; pages++) {
    page = await load(page.next);
  }
  return page;
}

// What is around each view: the bar at the top, and the menu.

import { element, foreign } from "./elements.js";
import { logOut } from "./login.js";
import { button, link } from "./parts.js";
import { address } from "./route.js";
import { consoleUrl, isMaster, surroundings } from "./surroundings.js";
import { LANGUAGES, choose, language, say } from "./words.js";

/** From here on the menu is beside the view, as in Keycloak's console; below it is over it. */
const wide = window.matchMedia("(min-width: 75rem)");

/** Returns the heading of the view, and where its content goes. */
export function frame(page, { realm, user, entries, current }) {
  const heading = element("h1", { class: "pf-v5-c-title pf-m-2xl", tabindex: "-1" });
  const content = element("div", { class: "st-content" });
  const sidebar = menu(realm, entries, current);
  const main = element(
    "main",
    { class: "pf-v5-c-page__main", tabindex: "-1" },
    element(
      "section",
      { class: "pf-v5-c-page__main-section pf-m-light st-main" },
      element("div", { class: "st-heading" }, heading),
      element("div", { id: "told" }),
      content,
    ),
  );
  page.replaceChildren(bar(realm, user, sidebar, heading), sidebar, main);
  return { heading, content };
}

function menu(realm, entries, current) {
  return element(
    "div",
    { class: "pf-v5-c-page__sidebar", id: "menu" },
    element(
      "div",
      { class: "pf-v5-c-page__sidebar-body" },
      element(
        "nav",
        { class: "pf-v5-c-nav", "aria-label": say("menu") },
        element(
          "ul",
          { class: "pf-v5-c-nav__list", role: "list" },
          entries.map(({ id }) =>
            element(
              "li",
              { class: "pf-v5-c-nav__item" },
              link(address(realm, id), say(`view.${id}`), {
                class: `pf-v5-c-nav__link ${id === current ? "pf-m-current" : ""}`,
                "aria-current": id === current && "page",
              }),
            ),
          ),
        ),
      ),
    ),
  );
}

function bar(realm, user, sidebar, heading) {
  const toggle = button("☰", "plain", () => open(!isOpen), { "aria-label": say("menu"), "aria-controls": "menu" });
  let isOpen;
  const open = (whether) => {
    isOpen = whether;
    sidebar.classList.toggle("pf-m-expanded", isOpen);
    sidebar.classList.toggle("pf-m-collapsed", !isOpen);
    sidebar.inert = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  };
  open(wide.matches);
  const other = Object.keys(LANGUAGES).find((tag) => tag !== language());
  return element(
    "header",
    { class: "pf-v5-c-masthead st-bar" },
    button(say("skip"), "primary", () => heading.focus(), { class: "pf-v5-c-button pf-m-primary st-skip" }),
    element("span", { class: "pf-v5-c-masthead__toggle" }, toggle),
    element(
      "div",
      { class: "pf-v5-c-masthead__main" },
      link(`${consoleUrl}#/${encodeURIComponent(realm)}`, element("img", { src: surroundings.logoUrl, alt: say("console") }), {
        class: "pf-v5-c-masthead__brand st-logo",
      }),
    ),
    element(
      "div",
      { class: "pf-v5-c-masthead__content st-tools" },
      element("strong", { class: "st-realm" }, foreign(realm)),
      isMaster && link("#", say("realm.other"), { class: "pf-v5-c-button pf-m-link" }),
      element("span", { class: "st-user" }, foreign(user ?? "")),
      button(LANGUAGES[other], "link", () => speak(other), { lang: other }),
      button(say("logout"), "link", logOut),
    ),
  );
}

function speak(tag) {
  choose(tag);
  window.dispatchEvent(new Event("languagechosen"));
}

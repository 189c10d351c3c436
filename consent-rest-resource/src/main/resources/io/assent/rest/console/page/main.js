// Begins: logs in, asks who that is, and shows the view that the address names.

import { Refusal, described, lookAt, realms, whoAmI } from "./api.js";
import { element } from "./elements.js";
import { frame } from "./frame.js";
import { LoginFailed, goToLogin, logIn, logOut } from "./login.js";
import { forgetCustomers } from "./names.js";
import { alert, button, link, reason, tell } from "./parts.js";
import { rightsOf } from "./rights.js";
import { address, current } from "./route.js";
import { consoleUrl, isMaster, surroundings } from "./surroundings.js";
import { VIEWS } from "./views.js";
import { language, say } from "./words.js";

const page = document.getElementById("page");
let seen = { realm: null };

begin();

async function begin() {
  page.replaceChildren(element("p", { class: "st-start", role: "status" }, say("loading")));
  try {
    await logIn(language());
  } catch (error) {
    standAlone(
      say("login.failed"),
      error instanceof LoginFailed ? say("login.failed.text") : reason(error),
      button(say("login.again"), "primary", () => goToLogin(language())),
    );
    return;
  }
  window.addEventListener("hashchange", show);
  window.addEventListener("languagechosen", show);
  window.addEventListener("realmsetup", async ({ detail }) => {
    seen = { realm: null };
    await show();
    tell("success", detail);
  });
  await show();
}

/** Shows what the address says; nothing more where it says something else by then. */
async function show() {
  const asked = location.hash;
  const { realm, view, about, query } = current();
  if (realm === "") {
    await chooseRealm();
    return;
  }
  try {
    await enter(realm);
  } catch (error) {
    stranger(realm, error);
    return;
  }
  if (location.hash !== asked) {
    return;
  }
  const allowed = VIEWS.filter(({ path, mayBeSeen }) => seen.paths.includes(path) && mayBeSeen(seen.rights));
  if (allowed.length === 0) {
    stranger(realm, new Refusal(403, "", ""));
    return;
  }
  const shown = allowed.find(({ id }) => id === (view || "overview")) ?? null;
  const { heading, content } = frame(page, {
    realm,
    user: seen.displayName,
    entries: allowed.filter(({ isInMenu = true }) => isInMenu),
    current: shown?.inMenuAs ?? shown?.id,
  });
  const title = shown ? say(`view.${shown.id}`) : say("view.none");
  heading.replaceChildren(title);
  document.title = `${title} · ${realm}`;
  if (shown) {
    content.replaceChildren(...[shown.show({ about, query, rights: seen.rights, paths: seen.paths, heading })].flat(Infinity).filter(Boolean));
  } else {
    content.replaceChildren(alert("warning", say("view.none.text"), link(address(realm), say("view.overview"))));
  }
  heading.focus();
}

/** Asks who is logged in, and what they may do there; once for each realm. */
async function enter(realm) {
  if (seen.realm === realm) {
    return;
  }
  lookAt(realm);
  forgetCustomers();
  const who = await whoAmI(realm);
  const rights = rightsOf(who.realm_access?.[realm] ?? []);
  seen = { realm, displayName: who.displayName, rights, paths: await described() };
}

/** Staff of a realm are there for it alone; those of the master realm say which one they mean. */
async function chooseRealm() {
  if (!isMaster) {
    location.replace(address(surroundings.realm));
    return;
  }
  try {
    const found = (await realms()).map(({ realm }) => realm).sort();
    standAlone(
      say("realm.choose"),
      found.length === 0 ? say("stranger.text", { realm: surroundings.realm }) : say("realm.choose.text"),
      element(
        "ul",
        { class: "pf-v5-c-list st-realms" },
        found.map((realm) => element("li", {}, link(address(realm), element("bdi", {}, realm)))),
      ),
      button(say("logout"), "link", logOut),
    );
  } catch (error) {
    stranger(surroundings.realm, error);
  }
}

/** For who may see nothing, or nothing there. */
function stranger(realm, error) {
  seen = { realm: null };
  const isRefused = error instanceof Refusal && error.status < 500;
  standAlone(
    isRefused ? say("stranger") : say("error"),
    isRefused ? say("stranger.text", { realm }) : reason(error),
    element(
      "p",
      { class: "st-buttons" },
      !isRefused && button(say("retry"), "primary", show),
      isRefused && button(say("stranger.logout"), "primary", logOut),
      link(consoleUrl, say("console"), { class: "pf-v5-c-button pf-m-link" }),
    ),
  );
}

/** A page without a menu. */
function standAlone(title, text, ...more) {
  const heading = element("h1", { class: "pf-v5-c-title pf-m-2xl", tabindex: "-1" }, title);
  document.title = title;
  page.replaceChildren(
    element("main", { class: "st-alone pf-v5-c-card" }, heading, element("p", {}, text), more),
  );
  heading.focus();
}

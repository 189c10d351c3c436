// Adds an entry to the console's menu, which leads to the staff's page for the realm that the console shows. The menu is
// the console's own: what is added stands after all of it, and is added again where the console draws it anew.

const WORDS = { en: "Consents", de: "Zustimmungen" };
const environment = JSON.parse(document.getElementById("environment").textContent);
const entry = document.createElement("section");
const link = document.createElement("a");

entry.className = "pf-v5-c-nav__section";
link.className = "pf-v5-c-nav__link";
link.dataset.testid = "consents";
link.textContent = WORDS[navigator.language.split("-")[0]] ?? WORDS.en;
entry.append(link);

function add() {
  const menu = document.querySelector(".pf-v5-c-page__sidebar .pf-v5-c-nav");
  if (menu && entry.parentElement !== menu) {
    menu.append(entry);
  }
}

function lead() {
  const realm = location.hash.split(/[/?]/)[1] || encodeURIComponent(environment.realm);
  link.href = `${environment.consoleBaseUrl}consents/#/${realm}`;
}

new MutationObserver(add).observe(document.getElementById("app"), { childList: true, subtree: true });
window.addEventListener("hashchange", lead);
lead();
add();

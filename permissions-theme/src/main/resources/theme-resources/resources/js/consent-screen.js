// Without this script, each permission is ticked by itself and a logo that does not load leaves its place empty.

const logo = document.querySelector(".consent-logo img");

function replaceLogo() {
  logo.replaceWith(logo.dataset.consentInitial);
}

if (logo?.complete && logo.naturalWidth === 0) {
  replaceLogo();
} else {
  logo?.addEventListener("error", replaceLogo);
}

// Boxes that tick a whole group, all accounts, or all permissions at once.

const form = document.querySelector(".consent-form");
const groups = [...form.querySelectorAll("[data-consent-all=group]")].map((all) => {
  const group = all.closest(".consent-group");
  return {
    all,
    boxes: [...group.querySelectorAll(".consent-permissions input[type=checkbox]")],
    count: group.querySelector("[data-consent-count]"),
  };
});
const accounts = [...form.querySelectorAll("[data-consent-all=accounts]")].map((item) => ({
  item,
  all: item.querySelector("input"),
  boxes: [...item.closest("fieldset").querySelectorAll("input[name]")],
}));
const everything = form.querySelector("[data-consent-all=everything] input");

function show(all, boxes) {
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function showAll() {
  for (const { boxes, all, count } of groups) {
    show(all, boxes);
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent =
      ticked === 0 ? "" : count.dataset.consentCount.replace("{0}", ticked.toLocaleString(document.documentElement.lang));
  }
  accounts.forEach(({ all, boxes }) => show(all, boxes));
  if (everything) {
    show(everything, groups.flatMap(({ boxes }) => boxes));
  }
}

// A box for several ticks them all unless they are ticked already. Required ones stay as they are.
function tickAll(all, boxes) {
  const choosable = boxes.filter((box) => !box.disabled);
  const tick = !choosable.every((box) => box.checked);
  choosable.forEach((box) => (box.checked = tick));
}

for (const { boxes, all } of groups) {
  all.hidden = false;
  all.addEventListener("change", () => tickAll(all, boxes));
}
for (const { item, boxes, all } of accounts) {
  item.hidden = false;
  all.addEventListener("change", () => tickAll(all, boxes));
}
if (everything) {
  everything.parentElement.hidden = false;
  everything.addEventListener("change", () =>
    tickAll(everything, groups.flatMap(({ boxes }) => boxes)),
  );
}
form.addEventListener("change", showAll);
// also when the browser brings the page back with the boxes as they were left
window.addEventListener("pageshow", showAll);
showAll();

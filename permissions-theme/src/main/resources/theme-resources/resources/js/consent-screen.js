// Boxes that tick a whole group, or everything, at once. Without this script each permission is ticked by itself.

const form = document.querySelector(".consent-form");
const groups = [...form.querySelectorAll(".consent-group")].map((element) => ({
  boxes: [...element.querySelectorAll(".consent-permissions input[type=checkbox]")],
  all: element.querySelector("[data-consent-all=group]"),
  count: element.querySelector("[data-consent-count]"),
}));
const everything = form.querySelector("[data-consent-all=everything] input");

function free(boxes) {
  return boxes.filter((box) => !box.disabled);
}

function show(all, boxes) {
  const ticked = boxes.filter((box) => box.checked).length;
  all.checked = ticked === boxes.length;
  all.indeterminate = ticked > 0 && ticked < boxes.length;
}

function showAll() {
  for (const { boxes, all, count } of groups) {
    show(all, boxes);
    const ticked = boxes.filter((box) => box.checked).length;
    count.textContent = ticked === 0 ? "" : count.dataset.consentCount.replace("{0}", ticked);
  }
  if (everything) {
    show(everything, groups.flatMap(({ boxes }) => boxes));
  }
}

// A box for several ticks them all unless they are ticked already. Required ones stay as they are.
function tickAll(all, boxes) {
  const choosable = free(boxes);
  const tick = !choosable.every((box) => box.checked);
  choosable.forEach((box) => (box.checked = tick));
}

for (const { boxes, all } of groups) {
  all.hidden = false;
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

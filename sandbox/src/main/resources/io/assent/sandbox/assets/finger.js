// Stands for the phone's own sheet that asks for a finger. A phone's hardware signs only after it has seen one; here it
// is a button, and the sheet says so.

import { element } from "./elements.js";

const $ = (id) => document.getElementById(id);

/**
 * Asks for a finger.
 *
 * @param lines what it is for, the most important first
 * @param signal what ends the question
 * @param settle called when the sheet came or went
 * @return whether there was one; false where the customer or the signal ended it
 */
export async function finger(lines, signal, settle) {
  const sheet = $("finger");
  const before = document.activeElement;
  $("finger-what").replaceChildren(...lines.map((line) => element("bdi", {}, line)));
  sheet.hidden = false;
  settle();
  $("finger-touch").focus();
  try {
    return await answer(sheet, signal);
  } finally {
    sheet.hidden = true;
    settle();
    before?.focus();
  }
}

function answer(sheet, signal) {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = (seen) => {
      over.abort();
      resolve(seen);
    };
    const listen = (target, event, listener) => target.addEventListener(event, listener, { signal: over.signal });
    listen($("finger-touch"), "click", () => end(true));
    listen($("finger-cancel"), "click", () => end(false));
    listen(sheet, "keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        end(false);
      }
    });
    listen(signal, "abort", () => end(false));
    if (signal.aborted) {
      end(false);
    }
  });
}

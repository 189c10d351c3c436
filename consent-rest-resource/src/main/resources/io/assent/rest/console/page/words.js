// The page speaks one language at a time.

import german from "./words-de.js";
import english from "./words-en.js";

const WORDS = { en: english, de: german };
const CHOSEN = "assent.staff.language";

let spoken =
  [localStorage.getItem(CHOSEN), ...navigator.languages]
    .map((tag) => tag?.split("-")[0])
    .find((tag) => tag && Object.hasOwn(WORDS, tag)) ?? "en";

document.documentElement.lang = spoken;

export const language = () => spoken;

/** The languages, by their own names. */
export const LANGUAGES = { en: "English", de: "Deutsch" };

export function choose(tag) {
  spoken = tag;
  localStorage.setItem(CHOSEN, tag);
  document.documentElement.lang = tag;
}

/** The words of a key, with what is to stand in their places. */
export const say = (key, places = {}) => fill(WORDS[spoken][key] ?? key, places);

/** The same, or another text where nobody wrote words for this key. */
export const sayOr = (key, other, places = {}) => fill(WORDS[spoken][key] ?? other, places);

const fill = (text, places) => text.replace(/{(\w+)}/g, (all, place) => places[place] ?? all);

/** A name within a sentence, which keeps its own direction there. */
export const isolated = (name) => `\u2068${name}\u2069`;

export const moment = (time) =>
  new Intl.DateTimeFormat(spoken, { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));

export const number = (value) => new Intl.NumberFormat(spoken).format(value);

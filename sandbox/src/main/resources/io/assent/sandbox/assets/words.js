// The phone speaks one language at a time, and the server's texts come in the same.

import german from "./words-de.js";
import english from "./words-en.js";

const WORDS = { en: english, de: german };
const NAMES = { en: "English", de: "Deutsch" };
const CHOSEN = "assent.sandbox.language";

/** What ?lang= asks for; else what was chosen here, else the browser's, else English. */
export const language = [
  new URLSearchParams(location.search).get("lang"),
  localStorage.getItem(CHOSEN),
  ...navigator.languages,
]
  .map((tag) => tag?.split("-")[0])
  .find((tag) => tag && Object.hasOwn(WORDS, tag)) ?? "en";

/** The words of a key, with what is to stand in their places. */
export function say(key, places = {}) {
  return (WORDS[language][key] ?? key).replace(/{(\w+)}/g, (all, place) => places[place] ?? all);
}

/** What went wrong, for a customer. */
export function sayProblem({ name, status, triesLeft }) {
  const key = `problem.${name}`;
  return Object.hasOwn(WORDS[language], key) ? say(key, { tries: triesLeft }) : say("problem.unexpected", { status });
}

/** Puts the words where a page names them, and lets its button change the language. */
export function speak(button) {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const place of document.querySelectorAll("[data-say]")) {
    place.textContent = say(place.dataset.say);
  }
  for (const place of document.querySelectorAll("[data-say-label]")) {
    place.setAttribute("aria-label", say(place.dataset.sayLabel));
  }
  const other = language === "en" ? "de" : "en";
  button.textContent = NAMES[other];
  button.lang = other;
  button.addEventListener("click", () => {
    localStorage.setItem(CHOSEN, other);
    location.assign(location.pathname);
  });
}

export const day = (time) => new Date(time).toLocaleDateString(language, { dateStyle: "long" });

/** A time of today, or a day and a time. */
export function recently(when) {
  const time = when.toLocaleTimeString(language, { timeStyle: "short" });
  const today = when.toDateString() === new Date().toDateString();
  return today
    ? say("home.today", { time })
    : say("home.day", { day: when.toLocaleDateString(language, { dateStyle: "medium" }), time });
}

export const dayAndTime = (time) => new Date(time).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });

/** @param value in the currency's major unit, as a text */
export const amount = (value, currency) =>
  Number(value).toLocaleString(language, { style: "currency", currency });

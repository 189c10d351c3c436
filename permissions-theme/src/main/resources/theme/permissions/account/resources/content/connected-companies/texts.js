import { environment } from "./console.js";

/**
 * The page's words in a language: those of the theme, with the bank's own over them (Realm settings, Localization).
 * Returns a function from a key, and what stands in its places, to the text.
 */
export async function loadTexts(language) {
  const realm = encodeURIComponent(environment.realm);
  const answer = await fetch(`${environment.serverBaseUrl}/resources/${realm}/account/${encodeURIComponent(language)}`);
  const messages = new Map((await answer.json()).map(({ key, value }) => [key, value]));
  return (key, places = {}) =>
    (messages.get(key) ?? key).replace(/{{(\w+)}}/g, (all, place) => places[place] ?? all);
}

/** A name within a sentence, which keeps its own direction there. */
export const isolated = (name) => `\u2068${name}\u2069`;

export const date = (language, time) =>
  new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(new Date(time));

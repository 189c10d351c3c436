// What doctor and setup say. Their own words are English; for other languages they are here.

import german from "./findings-de.js";
import { element } from "./elements.js";
import { language } from "./words.js";

const WORDS = { de: german };

const say = (key, english, about = "") => (WORDS[language()]?.[key] ?? english).replaceAll("{about}", () => about);

export const sayFinding = ({ id, message, fix }) => ({
  message: say(`finding.${id}`, message),
  fix: say(`finding.${id}.fix`, fix),
});

export const sayChange = ({ id, about, message }) => say(`change.${id}`, message, about);

/** What exactly is otherwise stands in the server's words alone. */
export const sayDifference = ({ id, about, message }) => {
  const words = say(`difference.${id}`, message, about);
  return words === message ? words : [words, element("span", { class: "st-quiet", lang: "en" }, ` ${message}`)];
};

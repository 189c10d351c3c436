// Makes elements. Text is only ever set as text, so that what a server says never becomes markup.

/** An element with attributes, listeners (on…) and children; null, undefined and false ones are left out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value === true) {
      made.setAttribute(key, "");
    } else if (!isNothing(value)) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.flat(Infinity).filter((child) => !isNothing(child)));
  return made;
}

const isNothing = (value) => value === null || value === undefined || value === false;

/** A text that somebody else wrote: it keeps its own direction, and gives it to nothing around it. */
export const foreign = (text) => element("bdi", {}, text);

let ids = 0;

/** An id that no other element has. */
export const newId = () => `id-${++ids}`;

// Makes elements. Text is only ever set as text, so what a server says never becomes markup.

/**
 * An element with attributes, listeners (on…) and children; `null`, `undefined` and `false` children are left out.
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value === true) {
      made.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

/** The address if a page may link to it: https, or http on this machine. Otherwise null; never a script. */
export function safeLink(address) {
  const url = parse(address);
  const local = url?.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
  return url?.protocol === "https:" || local ? url.href : null;
}

/** The address if a page may show it as a picture: on this server, which has the logos of all clients. */
export function safePicture(address) {
  const url = parse(address);
  return url?.origin === location.origin ? url.href : null;
}

/** A client's logo, or the first letter of its name where there is none or it can't be loaded. */
export function logo(name, address) {
  const letter = element("span", { class: "logo", "aria-hidden": "true" }, [...(name || "?")][0].toUpperCase());
  const picture = safePicture(address);
  if (!picture) {
    return letter;
  }
  const image = element("img", { class: "logo", src: picture, alt: "", referrerpolicy: "no-referrer" });
  image.addEventListener("error", () => image.replaceWith(letter), { once: true });
  return image;
}

/** An address; null for a text that is none. */
export function parse(address) {
  try {
    return new URL(address);
  } catch {
    return null;
  }
}

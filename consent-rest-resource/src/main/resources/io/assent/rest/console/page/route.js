// Which view is shown is in the address after #, as in Keycloak's console: #/realm/view/what it is about?query.

/** What the address says now. */
export function current() {
  const [path, query] = location.hash.slice(1).split("?");
  const [realm = "", view = "", about = ""] = path.split("/").slice(1).map(decoded);
  return { realm, view, about, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** Where a view is. */
export function address(realm, view = "", about = "", query = {}) {
  const path = [realm, view, about].filter((part) => part !== "").map(encodeURIComponent);
  const given = Object.entries(query).filter(([, value]) => value !== "");
  return `#/${path.join("/")}${given.length === 0 ? "" : `?${new URLSearchParams(given)}`}`;
}

/** A view of the realm that is looked at. */
export const within = (view, about, query) => address(current().realm, view, about, query);

/** What is no address is nothing that anybody has; nor is what a browser takes for a step up in the server's. */
function decoded(part) {
  try {
    const text = decodeURIComponent(part);
    return text === "." || text === ".." ? "" : text;
  } catch {
    return "";
  }
}

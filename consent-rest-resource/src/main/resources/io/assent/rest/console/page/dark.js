// Dark where the browser prefers it and the realm allows it, as Keycloak's console.

import { surroundings } from "./surroundings.js";

const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");

if (surroundings.darkModeClass) {
  follow(prefersDark);
  prefersDark.addEventListener("change", follow);
} else {
  document.querySelector("meta[name=color-scheme]").content = "light";
}

function follow({ matches }) {
  document.documentElement.classList.toggle(surroundings.darkModeClass, matches);
}

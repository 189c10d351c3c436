// Keycloak's console tells when the customer changes the language, and leaves the page's own as it was.
window.addEventListener("languageChanged", ({ detail }) => {
  document.documentElement.lang = detail.language;
});

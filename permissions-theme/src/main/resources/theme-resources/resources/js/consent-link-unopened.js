// A page that a browser fetched ahead, before its customer wanted it: goes on once it is seen.

const button = document.querySelector("[data-consent-begin]");

function begin() {
  if (!document.hidden) {
    document.removeEventListener("visibilitychange", begin);
    button.form.requestSubmit(button);
  }
}

document.addEventListener("visibilitychange", begin);
begin();

// Joins our buttons to the passkey functions of the sign-in library, and tells a person when a passkey could not be used.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const told = document.getElementById("passkey-failed");
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    if (told) told.hidden = false;
  });
  for (const button of document.querySelectorAll("button[data-passkey]")) {
    const kind = button.dataset.passkey;
    if (!window.PublicKeyCredential) { button.disabled = true; continue; }
    window.allauth.webauthn.forms[`${kind}Form`]({
      ids: { [kind]: button.id, credential: button.dataset.credential, passwordless: button.dataset.passwordless, data: "js_data" },
    });
  }
});

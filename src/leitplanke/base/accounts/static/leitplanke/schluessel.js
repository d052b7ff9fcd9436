// Passkeys and security keys fail silently in the browser; this says so on the page.
"use strict";

document.addEventListener("allauth.error", (event) => {
  const note = document.getElementById("schluessel-fehler");
  if (!note) return;
  event.preventDefault();
  note.hidden = false;
});

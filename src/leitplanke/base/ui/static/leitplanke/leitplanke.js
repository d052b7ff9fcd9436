// Small helps that pages do without: nothing here is needed to use Leitplanke.
"use strict";

// A cited passage is scrolled into view and focused, so that keyboards and screen readers start there.
const cited = document.getElementById("stelle");
if (cited) {
  cited.setAttribute("tabindex", "-1");
  cited.focus({ preventScroll: true });
  cited.scrollIntoView({ block: "center" });
}

// Ctrl+Enter sends the form in which somebody writes.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target instanceof HTMLTextAreaElement) {
    event.target.form?.requestSubmit();
  }
});

// A form that takes a while says so, once, and cannot be sent twice.
document.addEventListener("submit", (event) => {
  const button = event.target.querySelector("[data-busy]");
  if (!button || button.disabled) return;
  const label = button.querySelector(".kern-label");
  window.setTimeout(() => { button.disabled = true; if (label) label.textContent = button.dataset.busy; }, 0);
});
// Once a form is on its way, nobody needs a preview of it any more.
document.addEventListener("submit", (event) => { event.target.dataset.sent = "yes"; });
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.closest("[data-sent]")) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

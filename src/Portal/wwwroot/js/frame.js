// Small comforts. Every page works without this file.
"use strict";

// Filters apply as they are ticked where there is room to see the result; on the phone the sheet's own button applies them together.
const beside = matchMedia("(min-width: 60rem)");

document.addEventListener("change", event => {
  const form = event.target.closest("form[data-submit-on-change]");
  if (form && (beside.matches || event.target.matches("select")))
    form.requestSubmit(form.querySelector("button[type=submit]")); // Blazor's script counts on a button.
});

// An address says only what was chosen.
document.addEventListener("submit", event => {
  if (event.target.method !== "get")
    return;

  const unset = [...event.target.elements].filter(control => control.name && control.value === "" && !control.disabled);
  unset.forEach(control => { control.disabled = true; });
  setTimeout(() => unset.forEach(control => { control.disabled = false; }));
}, { capture: true });

// On the phone rooms and sections stand in rows that scroll: the one that is open comes into sight.
function showWhatIsOpen() {
  for (const open of document.querySelectorAll(".console-nav .active, .doc-nav [aria-current]")) {
    const row = open.closest("nav");
    row.scrollLeft = open.offsetLeft - row.offsetLeft - (row.clientWidth - open.offsetWidth) / 2;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  showWhatIsOpen();
  window.Blazor?.addEventListener("enhancedload", showWhatIsOpen);
});
